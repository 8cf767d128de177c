package org.menagerie.tabular;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.input.NamedInput;

/**
 * Rows of a CSV file (RFC 4180): numbers with a decimal point, between commas, semicolons or tabs, whichever the first line has. A first line
 * in which no cell is a number names the columns and is passed over.
 */
final class CsvRows {
    private static final ObjectReader CSV =
            new CsvMapper().readerForListOf(String.class).with(CsvParser.Feature.WRAP_AS_ARRAY);

    private CsvRows() {}

    static List<NamedInput<float[]>> read(String text, String name) {
        List<NamedInput<float[]>> rows = new ArrayList<>();
        String firstLine =
                text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        ObjectReader reader = CSV.with(CsvSchema.emptySchema().withColumnSeparator(separator(firstLine)));
        boolean single = text.strip().lines().count() < 2;
        int line = 0;
        try (MappingIterator<List<String>> lines = reader.readValues(text)) {
            while (lines.hasNext()) {
                List<String> cells = lines.next();
                line++;
                boolean blank = cells.stream().allMatch(String::isBlank);
                boolean heading = line == 1
                        && cells.stream().allMatch(cell -> number(cell).isEmpty())
                        && !single;
                if (!blank && !heading) {
                    String rowName = single ? name : "%s:%d".formatted(name, line);
                    rows.add(new NamedInput<>(rowName, numbers(cells, rowName)));
                }
            }
        } catch (JsonProcessingException e) {
            throw new InvalidInputException("%s is no CSV: %s".formatted(name, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text in memory is read without such faults
        }
        return rows;
    }

    private static char separator(String line) {
        return (char) ",;\t"
                .chars()
                .filter(separator -> line.indexOf(separator) >= 0)
                .findFirst()
                .orElse(',');
    }

    private static Optional<BigDecimal> number(String cell) {
        try {
            return Optional.of(new BigDecimal(cell.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static float[] numbers(List<String> cells, String name) {
        float[] numbers = new float[cells.size()];
        for (int i = 0; i < numbers.length; i++) {
            String cell = cells.get(i).strip();
            int column = i + 1;
            BigDecimal number = number(cell)
                    .orElseThrow(() -> new InvalidInputException(
                            "%s: a number is expected in column %d, found '%s'".formatted(name, column, cell)));
            numbers[i] = RowInput.finite(number.floatValue(), cell, name);
        }
        return numbers;
    }
}

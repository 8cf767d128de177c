package org.menagerie.tabular;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.PlainText;
import org.menagerie.spi.input.InputKind;
import org.menagerie.spi.input.NamedInput;

/**
 * Rows of numbers. A row can be typed, as {@code 5.1,3.5,1.4} or {@code [5.1, 3.5, 1.4]}. A file is CSV, one row a line, or a JSON list of
 * rows.
 */
final class RowInput {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RowInput() {}

    static InputKind<float[]> kind() {
        return new InputKind<>(
                        float[].class, "row of numbers", "rows of numbers", List.of("csv", "json"), RowInput::only)
                .several(RowInput::rows)
                .typed(text -> only(text, "'" + text.strip() + "'"));
    }

    private static float[] only(byte[] bytes, String name, long limit) {
        return only(PlainText.decode(bytes, name), name);
    }

    private static float[] only(String text, String name) {
        List<NamedInput<float[]>> rows = rows(text, name);
        if (rows.size() != 1) {
            throw new InvalidInputException(
                    "%s holds %d rows of numbers where one is read".formatted(name, rows.size()));
        }
        return rows.get(0).input();
    }

    private static List<NamedInput<float[]>> rows(byte[] bytes, String name) {
        return rows(PlainText.decode(bytes, name), name);
    }

    private static List<NamedInput<float[]>> rows(String text, String name) {
        List<NamedInput<float[]>> rows = text.strip().startsWith("[") ? json(text, name) : CsvRows.read(text, name);
        if (rows.isEmpty()) {
            throw new InvalidInputException(name + " holds no row of numbers");
        }
        return rows;
    }

    /** A list of rows, or one row. */
    private static List<NamedInput<float[]>> json(String text, String name) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "%s is no JSON list of numbers: %s".formatted(name, e.getOriginalMessage()), e);
        }
        boolean single = root.isArray() && !root.isEmpty() && root.get(0).isNumber();
        if (single) {
            return List.of(new NamedInput<>(name, numbers(root, name)));
        }
        List<NamedInput<float[]>> rows = new ArrayList<>();
        for (JsonNode row : root) {
            String rowName = "%s:%d".formatted(name, rows.size() + 1);
            rows.add(new NamedInput<>(rowName, numbers(row, rowName)));
        }
        return rows;
    }

    private static float[] numbers(JsonNode row, String name) {
        if (!row.isArray() || row.isEmpty()) {
            throw new InvalidInputException("%s is no list of numbers, found %s".formatted(name, row));
        }
        float[] numbers = new float[row.size()];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode cell = row.get(i);
            if (!cell.isNumber()) {
                throw new InvalidInputException(
                        "%s: number %d expected, found %s".formatted(name, i + 1, cell.toString()));
            }
            numbers[i] = finite(cell.floatValue(), cell.toString(), name);
        }
        return numbers;
    }

    static float finite(float number, String written, String name) {
        if (!Float.isFinite(number)) {
            throw new InvalidInputException("%s: '%s' is no finite 32-bit number".formatted(name, written));
        }
        return number;
    }
}

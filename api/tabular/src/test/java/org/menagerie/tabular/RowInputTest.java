package org.menagerie.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.input.NamedInput;

class RowInputTest {
    private static List<NamedInput<float[]>> file(String text) {
        return RowInput.kind().several().orElseThrow().read(text.getBytes(StandardCharsets.UTF_8), "rows.csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5.1,3.5,.2",
                " 5.1, 3.5 ,0.2\n",
                "[5.1, 3.5, 0.2]",
                "[[5.1,3.5,2e-1]]",
                "5.1;3.5;0.2",
                "\"5.1\",3.5,0.2"
            })
    void aRowIsTyped(String text) {
        assertThat(RowInput.kind().text().orElseThrow().apply(text)).containsExactly(5.1f, 3.5f, 0.2f);
    }

    @Test
    void aFileHasARowALineAndMayNameItsColumns() {
        for (String text : List.of(
                "length,width\n1,2\n\n3,4\n",
                "1,2\r\n3,4\r\n",
                "\uFEFFlength,width\n1,2\n3,4",
                "a\tb\n1\t2\n3\t4\n",
                "[[1, 2],\n [3, 4]]")) {
            List<NamedInput<float[]>> rows = file(text);
            assertThat(rows).as(text).hasSize(2);
            assertThat(rows.get(0).input()).containsExactly(1, 2);
            assertThat(rows.get(1).input()).containsExactly(3, 4);
            assertThat(rows.get(1).name()).startsWith("rows.csv:");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1,x,3          | rows.csv: a number is expected in column 2, found 'x'",
                "1,2\\n3,x      | rows.csv:2: a number is expected in column 2, found 'x'",
                "a,b\\n1,       | rows.csv:2: a number is expected in column 2, found ''",
                "a,b            | rows.csv: a number is expected in column 1, found 'a'",
                "1,NaN          | rows.csv: a number is expected in column 2, found 'NaN'",
                "1,1e99         | rows.csv: '1e99' is no finite 32-bit number",
                "[1, null]      | rows.csv: number 2 expected, found null",
                "[[1], {}]      | rows.csv:2 is no list of numbers, found {}",
                "[1, 2          | rows.csv is no JSON list of numbers",
                "[]             | rows.csv holds no row of numbers",
                "``             | rows.csv holds no row of numbers"
            })
    void whatIsNoRowIsRefusedByItsPlace(String text, String message) {
        assertThatThrownBy(() -> file(text.replace("\\n", "\n")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void oneRowIsTypedAtATime() {
        assertThatThrownBy(() -> RowInput.kind().text().orElseThrow().apply("1,2\n3,4"))
                .hasMessageContaining("holds 2 rows of numbers where one is read");
    }
}

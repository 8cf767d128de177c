package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.menagerie.cli.console.DownloadBar;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.console.Table;

/** {@code search}, {@code sample}, {@code plugins} and tables. */
class CatalogReadingTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void searchFindsCardsThatHoldAllWordsInAnyCase() throws Exception {
        Command found = Command.zoo("search", "FACE", "detection");
        assertThat(found.out().lines().skip(1).map(line -> line.split(" +")[0]))
                .as(found.err())
                .contains("blazeface-back", "blazeface-front")
                .doesNotContain("lenet-fashion-mnist");
        JsonNode line =
                JSON.readTree(Command.zoo("search", "--json", "lenet", "LeCun").out());
        assertThat(line.path("model").asText()).isEqualTo("lenet-fashion-mnist");
        assertThat(line.path("size").asLong()).isGreaterThan(200_000);
        assertThat(Command.zoo("search").exitCode()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void sampleGivesWhatTheCardStates() {
        String input = "resource:META-INF/menagerie/samples/ankle-boot.png";
        Command sample = Command.zoo("sample", "lenet-fashion-mnist", input);
        assertThat(sample.exitCode()).as(sample.err()).isZero();
        List<String> lines = sample.out().lines().toList();
        assertThat(lines.get(0)).isEqualTo("  samples:");
        assertThat(lines.get(1)).isEqualTo("    - input: \"%s\"".formatted(input));
        assertThat(sample.out()).contains("prepared: {\"", "outputs: {\"", "answer: ", "\"Ankle boot\"", "0.98");
        Command missing = Command.zoo("sample", "lenet-fashion-mnist", "resource:META-INF/none.png");
        assertThat(missing.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(missing.err()).contains("resource:META-INF/none.png is not on the class path");
    }

    @Test
    void pluginsAreListed() {
        Command plugins = Command.zoo("plugins");
        assertThat(plugins.exitCode()).as(plugins.err()).isZero();
        assertThat(plugins.out())
                .startsWith("PLUGIN")
                .containsPattern("\nlenet +\\S")
                .containsPattern("\nyolo +\\S");
        assertThat(Command.zoo("plugins", "list").out()).isEqualTo(plugins.out());
    }

    private static Table table() {
        Table table = new Table("MODEL", "TASK", "NOTE");
        table.row("lenet-fashion-mnist", "image-classification", "small and quick and old");
        table.row("模型", "x", "-");
        return table;
    }

    @Test
    void tablesFitTheTerminal() {
        assertThat(table().lines(Integer.MAX_VALUE))
                .containsExactly(
                        "MODEL                TASK                  NOTE",
                        "lenet-fashion-mnist  image-classification  small and quick and old",
                        "模型                 x                     -");
        assertThat(table().lines(64))
                .containsExactly(
                        "MODEL                TASK                  NOTE",
                        "lenet-fashion-mnist  image-classification  small and quick and",
                        "                                           old",
                        "模型                 x                     -");
        assertThat(table().lines(30))
                .containsExactly(
                        "lenet-fashion-mnist",
                        "  TASK  image-classification",
                        "  NOTE  small and quick and",
                        "        old",
                        "模型",
                        "  TASK  x",
                        "  NOTE  -");
        for (int columns = 1; columns < 90; columns++) {
            int limit = Math.max(columns, 9);
            assertThat(table().lines(columns)).allMatch(line -> Table.width(line) <= limit);
        }
    }

    @Test
    void downloadsFitTheTerminal() {
        for (int room = 1; room < 120; room++) {
            for (long total : new long[] {90_400_000, 0}) {
                for (double speed : new double[] {0, 12.1e6}) {
                    String line = DownloadBar.line("a-model-with-a-name.onnx", 40_680_000, total, speed, room);
                    assertThat(Table.width(line))
                            .as("%d columns: %s", room, line)
                            .isLessThanOrEqualTo(room);
                }
            }
        }
        assertThat(DownloadBar.line("model.onnx", 40_680_000, 90_400_000, 12.1e6, 79))
                .isEqualTo("model.onnx [##########..............] 45 % of 90.4 MB  12.1 MB/s  4 s left");
        assertThat(DownloadBar.line("model.onnx", 40_680_000, 90_400_000, 12.1e6, 39))
                .isEqualTo("model.onnx 45 % of 90.4 MB  12.1 MB/s");
    }
}

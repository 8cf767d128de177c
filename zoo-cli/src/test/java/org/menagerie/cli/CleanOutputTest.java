package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.cli.console.CleanText;
import org.menagerie.cli.console.CleanWriter;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.onnx.OnnxWriter;
import picocli.CommandLine;

/** Whatever comes from outside, no command prints a control character or a line that is not its own. */
class CleanOutputTest {
    /** Recolours, rewrites the title, goes up a line, and forges one: as C0 and C1 controls, and the other way round. */
    private static final String EVIL =
            "x\u001b[31mred\u001b]0;title\u0007\u009b1A\r\nFORGED all is well\n\u2028FORGED\u0085\u202eevil\b\u007f";

    private static final String YAML =
            "\"x\\e[31mred\\e]0;title\\a\\x9b1A\\r\\nFORGED all is well\\n\\u2028FORGED\\x85\\u202eevil\\b\\x7f\"";

    @TempDir
    Path folder = Path.of("");

    private Path cards = Path.of("");
    private Path picture = Path.of("");
    private Path network = Path.of("");
    private final Set<String> commands = new LinkedHashSet<>();

    @BeforeEach
    void lay() throws IOException {
        cards = Files.createDirectories(folder.resolve("cards"));
        String card = Command.zoo("show", "--card", "lenet-fashion-mnist").out();
        Files.writeString(
                cards.resolve("evil.md"),
                card.replace("license: apache-2.0", "license: " + YAML)
                        .replace("tags: [lenet, onnx]", "tags: [" + YAML + "]")
                        .replace("datasets: [fashion-mnist]", "datasets: [" + YAML + "]")
                        .replace("Fashion-MNIST, type: fashion-mnist", YAML + ", type: fashion-mnist")
                        .replace("Ankle boot]", YAML + "]")
                        .replace("\n# LeNet-5", "\n# LeNet-5 \u001b[2J\u009b\u202e"));
        Files.writeString(cards.resolve("other.md"), card.replace("name: classification", "name: " + YAML));
        Files.writeString(cards.resolve("broken.md"), card.replace("license: apache-2.0", "lic" + "\u001b[31m: x"));
        Files.writeString(cards.resolve("a\u001b[31m\nFORGED.md"), card);
        picture = folder.resolve("boot \u001b[31m\nFORGED\u009b.png");
        Files.write(picture, Fixtures.bytes("images/ankle-boot.png"));
        GraphBuilder g = new GraphBuilder("copy", Mode.INFERENCE);
        g.output(EVIL, g.identity(g.input("in" + EVIL, "f32[N]")));
        network = Files.write(
                folder.resolve("n\u001b[31m\nFORGED.onnx"),
                OnnxWriter.toBytes(g.build(), Map.of(), Map.of(EVIL, EVIL)));
    }

    private Command clean(String... arguments) {
        commands.add(arguments[0]);
        Command command = Command.zoo(arguments);
        for (String text : List.of(command.out(), command.err())) {
            assertThat(text.chars().filter(c -> c != '\n' && c != '\t').mapToObj(c -> "%04x".formatted(c)))
                    .as("%s", List.of(arguments))
                    .noneMatch(c -> c.matches("00[01].|007f|00[89].|202[89a-e]|206[6-9]"));
            assertThat(text.lines()).as("%s", List.of(arguments)).noneMatch(line -> line.startsWith("FORGED"));
            if (!List.of(arguments).contains("--verbose")) {
                assertThat(text).doesNotContain("\tat ");
            }
        }
        return command;
    }

    private Command withCards(String command, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = command;
        all[1] = "--catalog";
        all[2] = cards.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return clean(all);
    }

    @Test
    void noCommandPrintsAControlCharacterOrAForgedLine() throws IOException {
        assertThat(withCards("list").out()).contains("x\\u001b[31mred");
        withCards("list", "--json");
        withCards("list", "-q");
        withCards("search", "evil");
        withCards("search", "--json", "evil");
        assertThat(withCards("show", "evil").out()).contains("x\\u001b[31mred", "# LeNet-5 \\u001b[2J");
        withCards("show", "--card", "evil");
        withCards("show", "--io", "evil");
        withCards("show", "--license", "evil");
        withCards("show", "other");
        withCards("show", "broken");
        withCards("show", EVIL);
        withCards("pull", "evil", EVIL);
        assertThat(withCards("run", "evil", picture.toString(), picture.toString())
                        .out())
                .contains("boot \\u001b[31m\\u000aFORGED\\u009b.png\n", "x\\u001b[31mred\\u001b]0;title");
        withCards("run", "other", picture.toString());
        assertThat(withCards("explain", "evil", picture.toString()).exitCode()).isZero();
        withCards("explain", "evil", picture.toString(), "--json", "--target", EVIL);
        withCards("explain", "evil", picture.toString(), "--method", EVIL);
        withCards(
                "imagine",
                "evil",
                "--target",
                EVIL,
                "-o",
                folder.resolve("i.png").toString());
        clean("show", "--layers", network.toString());
        withCards(
                "grad",
                "evil",
                "--of",
                EVIL,
                "--wrt",
                "image",
                "-o",
                folder.resolve("g.onnx").toString());
        withCards("run", "evil", EVIL);
        withCards("run", "evil", picture.toString(), "--draw", folder.resolve(EVIL.replace("/", "")) + ".png");
        withCards("verify", "evil", EVIL);
        withCards("verify", "--golden", "evil");
        withCards("sample", "evil", picture.toString());
        withCards("eval", "evil", "--data", EVIL);
        withCards("eval", EVIL);
        withCards("export", "evil", "-o", folder.resolve("e\u001b[31m\n.onnx").toString());
        withCards(
                "export",
                "evil",
                "--artifact",
                EVIL,
                "-o",
                folder.resolve("e.onnx").toString());
        withCards("train", "lenet", "--data", EVIL);
        withCards("train", EVIL, "--data", "x");
        withCards("tune", "evil", "--data", EVIL);
        withCards("data", EVIL, "-o", folder.resolve("d").toString());
        withCards("import", EVIL, picture.toString());
        withCards(
                "import",
                "lenet",
                picture.toString(),
                "-o",
                folder.resolve("i.onnx").toString());
        withCards("rm", EVIL);
        withCards("rm", "evil");
        withCards("prune");
        withCards("plugins");
        withCards("kinds");
        withCards("kinds", EVIL);
        withCards("kinds", "decoder", EVIL);
        withCards("doctor");
        clean("catalog", "index", cards.toString());
        clean("catalog", "add", "evil", EVIL);
        clean("catalog", "remove", EVIL);
        clean("catalog", "update", EVIL);
        clean("completion", EVIL);
        clean("warm-up", EVIL);
        clean("list", EVIL, "--" + EVIL);
        clean("run", "lenet-fashion-mnist", "x", "--device", EVIL);
        clean("run", "--verbose", "lenet-fashion-mnist", EVIL);
        Path tensor = Files.writeString(folder.resolve("t\u001b[31m\nFORGED.json"), "[1, 2]");
        assertThat(clean("show", network.toString()).out()).contains("input   inx\\u001b[31mred");
        assertThat(clean("run", network.toString(), tensor.toString()).exitCode())
                .isZero();
        clean(
                "run",
                network.toString(),
                tensor.toString(),
                "-o",
                folder.resolve("o\u001b[31m\n").toString());
        clean("run", network.toString(), "in" + EVIL + "=" + EVIL);
        clean("run", network.toString(), EVIL + "=" + EVIL);
        Command json = clean("run", network.toString(), tensor.toString(), "--json");
        assertThat(new ObjectMapper().readTree(json.out()).path("result").has(EVIL))
                .as(json.out())
                .isTrue();
        for (CommandLine each : ZooCommand.commandLine().getSubcommands().values()) {
            assertThat(commands).contains(each.getCommandName());
        }
    }

    @Test
    void jsonKeepsItsEscapes() throws IOException {
        Command json = withCards("run", "--json", "evil", picture.toString());
        assertThat(json.exitCode()).as(json.err()).isZero();
        assertThat(json.out()).hasLineCount(1);
        var line = new ObjectMapper().readTree(json.out());
        assertThat(line.path("input").textValue()).isEqualTo(picture.toString());
        assertThat(line.at("/result/0/label").textValue()).isEqualTo(EVIL);
    }

    @Test
    void onlyWhatIsHarmfulIsReplaced() {
        String fine = "Grüße, 世界 🌳 \u200e\u0627\u200f é\tü";
        assertThat(CleanText.line(fine)).isEqualTo(fine);
        assertThat(CleanText.lines("\ra\nb\r\nc\rd\n")).isEqualTo("\ra\nb\r\nc\\u000dd\n");
        StringWriter sink = new StringWriter();
        PrintWriter out = new CleanWriter(sink);
        out.printf("%s %5.1f %d%n", "a\nb", 1.5, 7);
        out.append("c\u001b");
        out.print('\u009b');
        out.flush();
        assertThat(sink).hasToString("a\\u000ab   1.5 7%nc\\u001b\\u009b".formatted());
    }
}

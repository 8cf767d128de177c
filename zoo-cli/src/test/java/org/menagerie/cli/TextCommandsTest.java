package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.cli.console.ExitCodes;

/** A model of two networks that writes text, from training to answers. */
class TextCommandsTest {
    private static final String NAME = "g2p-lstm";

    @TempDir
    static Path folder = Path.of("");

    private static Command training = new Command(-1, "", "");

    /** A language of five letters with a phoneme each, learnt in a few seconds. */
    @BeforeAll
    static void train() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        List<String> lines = new ArrayList<>();
        lines.add("export const dictionary = {");
        for (int word = 0; word < 2_000; word++) {
            StringBuilder letters = new StringBuilder();
            List<String> phonemes = new ArrayList<>();
            for (int i = 0; i < 2 + random.nextInt(5); i++) {
                int letter = random.nextInt(5);
                letters.append("aklmn".charAt(letter));
                phonemes.add(List.of("AA1", "K", "L", "M", "N").get(letter));
            }
            lines.add("  \"%s\": \"%s\",".formatted(letters, String.join(" ", phonemes)));
        }
        lines.add("}");
        Path dictionary = Files.write(folder.resolve("index.js"), lines);
        training = Command.zoo(
                "train",
                NAME,
                "--data",
                "cmudict:" + dictionary,
                "--epochs",
                "4",
                "--batch-size",
                "32",
                "--learning-rate",
                "0.02",
                "--config",
                "hidden=32",
                "--config",
                "embedding=8",
                "--config",
                "dropout=0",
                "--config",
                "sampling=inverse-sigmoid",
                "-o",
                run());
    }

    private static String run() {
        return folder.resolve("run").toString();
    }

    private static Command zoo(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(1, List.of("--catalog", run()));
        return Command.zoo(all.toArray(String[]::new));
    }

    /** The loss of the exported files is the one that training told for its best epoch. */
    @Test
    void theLossIsAMetricToo() {
        Command loss = zoo("eval", NAME, "--metric", "loss", "--split", "validation", "--json");
        assertThat(loss.exitCode()).as(loss.err()).isZero();
        String told = (training.out() + training.err())
                .lines()
                .filter(line -> line.contains("best so far"))
                .reduce("", (before, line) -> line)
                .replaceAll(".*validation loss ([0-9.]+),.*", "$1");
        assertThat(told).matches("[0-9.]+");
        double found = Double.parseDouble(loss.out().replaceAll("(?s).*\"loss\":([0-9.E-]+).*", "$1"));
        assertThat(found).isCloseTo(Double.parseDouble(told), org.assertj.core.api.Assertions.within(1.1e-4));

        Command beam = zoo("eval", NAME, "--metric", "loss", "--beam", "3");
        assertThat(beam.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(beam.err()).contains("without search");
    }

    @Test
    void trainingExportsBothNetworksAndACardThatRuns() {
        assertThat(training.exitCode()).as(training.err()).isZero();
        assertThat(folder.resolve("run/g2p-lstm-encoder.onnx")).exists();
        assertThat(folder.resolve("run/g2p-lstm-step.onnx")).exists();
        Command answer = zoo("run", NAME, "Malkan", "--beam", "5", "--n-best", "3");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).hasLineCount(3);
        assertThat(answer.out().lines().findFirst().orElseThrow()).endsWith("  M AA L K AA N");
    }

    @Test
    void evalTellsErrorRatesForABeam() {
        Command greedy = zoo("eval", NAME, "--beam", "1");
        assertThat(greedy.exitCode()).as(greedy.err()).isZero();
        assertThat(greedy.out()).contains("word error rate 0.0", "phoneme error rate 0.0");
        Command json = zoo("eval", NAME, "--beam", "10", "--json");
        assertThat(json.out()).as(json.err()).contains("\"word_error_rate\":0.0", "\"phoneme_error_rate\":0.0");
        Command pictures =
                Command.zoo("eval", "lenet-fashion-mnist", "--data", "cmudict:" + folder.resolve("index.js"));
        assertThat(pictures.exitCode()).isEqualTo(1);
        assertThat(pictures.err()).doesNotContain("\tat ");
    }

    @Test
    void attentionIsDrawn() throws IOException {
        Path map = folder.resolve("map.png");
        Command answer = zoo("run", NAME, "kalm", "--attention", map.toString());
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(ImageIO.read(map.toFile()).getWidth()).isGreaterThan(4 * 30);
        Command several = zoo("run", NAME, "kalm", "man", "--attention", map.toString());
        assertThat(several.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(several.err()).contains("--attention draws one text");
        Command wrong = zoo(
                "run", NAME, "kalm", "--attention", folder.resolve("map.gif").toString());
        assertThat(wrong.err()).contains("--attention writes .png");
    }

    @Test
    void drawsAreRepeatable() {
        Command first =
                zoo("run", NAME, "kalm", "--temperature", "1", "--n-best", "4", "--seed", "9", "--top-p", "0.9");
        Command again =
                zoo("run", NAME, "kalm", "--temperature", "1", "--n-best", "4", "--seed", "9", "--top-p", "0.9");
        assertThat(first.out()).as(first.err()).hasLineCount(4).isEqualTo(again.out());
    }

    @Test
    void badRequestsAreOneSentence() {
        Command letter = zoo("run", NAME, "kalm!");
        assertThat(letter.exitCode()).isEqualTo(1);
        assertThat(letter.err()).contains("'!', character 5 of 'kalm!'").doesNotContain("\tat ");
    }

    @Test
    void faultsOfAnOptionAreToldAsFaultsOfThatOption() {
        Map<String, String> faults = new LinkedHashMap<>();
        faults.put("--beam 2 --n-best 3", "--beam 2, --n-best 3: ");
        faults.put("--beam 0", "--beam 0: ");
        faults.put("--beam 3 --max-length 0", "--max-length 0: ");
        faults.put("--top-p 2 --temperature 1", "--top-p 2.0: ");
        faults.put("--length-penalty foo", "--length-penalty foo: ");
        faults.put("--set maxLength=1.5", "--set maxLength=1.5: ");
        faults.put("--beam 3 --set beam=4", "--beam 3 and --set beam=4 both set 'beam'");
        faults.put("--set bean=4", "--set bean=4 does not fit model 'g2p-lstm' (did you mean 'beam'?)");
        // Options that would be ignored beside the others.
        faults.put("--alpha 2", "--alpha 2.0: ");
        faults.put("--seed 4", "--seed 4: ");
        faults.put("--top-k 4", "--top-k 4: ");
        faults.put("--top-p 0.5 --beam 4", "--top-p 0.5: ");
        faults.put("--temperature 1 --beam 3", "--beam 3: ");
        faults.put("--temperature 1 --length-penalty wu", "--length-penalty wu: ");
        faults.forEach((options, message) -> {
            List<String> arguments = new ArrayList<>(List.of("run", NAME, "kalm"));
            arguments.addAll(List.of(options.split(" ")));
            Command command = zoo(arguments.toArray(String[]::new));
            assertThat(command.exitCode()).as(options).isEqualTo(ExitCodes.USAGE);
            assertThat(command.err()).startsWith("zoo: " + message).doesNotContain("line ", "\tat ");
            assertThat(command.out()).isEmpty();
        });
    }

    @Test
    void bothNetworksAreExportedAndImported() {
        Path step = folder.resolve("step.onnx");
        Command export = zoo("export", NAME, "--artifact", "step", "-o", step.toString());
        assertThat(export.exitCode()).as(export.err()).isZero();
        Command unknown = zoo("export", NAME, "-o", step.toString());
        assertThat(unknown.err()).contains("no artifact 'model'; it has [encoder, step]");
        Command imported = Command.zoo(
                "import",
                NAME,
                folder.resolve("run/best.safetensors").toString(),
                "--config",
                "hidden=32",
                "--config",
                "embedding=8",
                "-o",
                folder.resolve("again.onnx").toString());
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        assertThat(imported.out()).contains("again-encoder.onnx", "again-step.onnx");
        Command ensemble = Command.zoo(
                "train",
                NAME,
                "--data",
                "cmudict:" + folder.resolve("index.js"),
                "--ensemble",
                "2",
                "--epochs",
                "1",
                "-o",
                folder.resolve("two").toString());
        assertThat(ensemble.exitCode()).isEqualTo(1);
        assertThat(ensemble.err()).contains("exported as several networks");
    }
}

package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.fixtures.Fixtures;

/** Empty results say so; unknown data, parts and formats are wrong use. */
class EmptyAndUnknownTest {
    private static final String MODEL = "lenet-fashion-mnist";

    @TempDir
    Path folder = Path.of("");

    private static void empty(Command command, String message) {
        assertThat(command.exitCode()).as(command.err()).isZero();
        assertThat(command.out()).isEmpty();
        assertThat(command.err()).contains("zoo: " + message);
    }

    private static void wrongUse(Command command, String message) {
        assertThat(command.exitCode()).as(command.err()).isEqualTo(ExitCodes.USAGE);
        assertThat(command.out()).isEmpty();
        assertThat(command.err()).contains("zoo: " + message).doesNotContain("\tat ", "Card ");
    }

    @Test
    void aListWithoutModelsSaysWhatThereIs() {
        empty(
                Command.zoo("list", "--task", "image-clasification"),
                "No model with task 'image-clasification' (did you mean 'image-classification'?); tasks are ");
        empty(
                Command.zoo("list", "-q", "--arch", "inception"),
                "No model with architecture 'inception'; architectures are faster-rcnn, lenet, ");
        empty(
                Command.zoo("list", "--json", "--task", "image-segmentation", "--arch", "lenet"),
                "No model with task 'image-segmentation' with architecture 'lenet'; tasks are ");
        assertThat(Command.zoo("list", "--task", "image-segmentation").err()).isEmpty();
    }

    @Test
    void aSearchWithoutModelsNamesItsWords() {
        empty(Command.zoo("search", "zebra", "face"), "No model's card holds 'zebra' and 'face'");
        empty(Command.zoo("search", "--json", "zebra"), "No model's card holds 'zebra'");
    }

    @Test
    void onlyFormatsThatAreWrittenCanBeExported() {
        for (String name : new String[] {"x.pt", "x.pth", "x.bin", "x.tflite", "x", "x.onnx.gz", ".onnx", "x.npz"}) {
            Path file = folder.resolve(name);
            wrongUse(
                    Command.zoo("export", MODEL, "-o", file.toString()),
                    "--output writes .onnx and .safetensors files; found '%s'".formatted(file));
            assertThat(file).doesNotExist();
        }
        wrongUse(Command.zoo("export", MODEL, "-o", folder.toString()), "--output names a file; ");
        wrongUse(
                Command.zoo(
                        "import",
                        "lenet",
                        "x.safetensors",
                        "-o",
                        folder.resolve("x.safetensors").toString()),
                "--output writes .onnx files; found ");
        wrongUse(
                Command.zoo(
                        "export",
                        MODEL,
                        "--artifact",
                        "modle",
                        "-o",
                        folder.resolve("x.onnx").toString()),
                "--artifact: model 'lenet-fashion-mnist' has no artifact 'modle'; it has [model]");
        Path upper = folder.resolve("X.ONNX");
        assertThat(Command.zoo("export", MODEL, "-o", upper.toString()).exitCode())
                .isZero();
        assertThat(upper).exists();
    }

    @Test
    void unknownDataSetsAndOptionsAreWrongUse() throws Exception {
        Path data = Fixtures.copyFashionSubset(Files.createDirectories(folder.resolve("data")));
        Map<String, String> wrong = Map.of(
                "fashion",
                "Unknown data set 'fashion' (did you mean 'fashion-mnist' or 'fashion-scenes'?); available are captions, cmudict, coco, fashion-mnist, fashion-scenes, folder, idx",
                "coc:a.json,b",
                "Unknown data set 'coc' in 'coc:a.json,b'",
                "coco:a.json,b,sise=3",
                "Data set 'coco' has no option 'sise'; it has channels, size",
                "coco:a.json,b,size=big",
                "Data set 'coco' has size=big; expected a number of pixels",
                "coco:a.json",
                "Data set 'coco' needs annotations and a folder",
                "idx:%s,size=28".formatted(data),
                "Data set 'idx' has no option 'size'; it takes none",
                "fashion-mnist:first=10",
                "Data set 'fashion-mnist' has no option 'first'; it takes none",
                "cmudict:words.js,first=10",
                "Data set 'cmudict' has no option 'first'; it takes none",
                "fashion-scenes:scene=5",
                "Data set 'fashion-scenes' has no option 'scene'; it has garments, most, scenes",
                "idx",
                "Data set 'idx' needs a folder");
        wrong.forEach((specification, message) -> {
            wrongUse(Command.zoo("eval", MODEL, "--data", specification), message);
            wrongUse(
                    Command.zoo("data", specification, "-o", folder.resolve("o").toString()), message);
            wrongUse(
                    Command.zoo(
                            "train",
                            "lenet",
                            "--data",
                            specification,
                            "-o",
                            folder.resolve("r").toString()),
                    message);
        });
        wrongUse(
                Command.zoo("eval", MODEL, "--data", "idx:" + data, "--split", "tests"),
                "Unknown part 'tests'; expected one of train, validation, test or all");
        wrongUse(
                Command.zoo("eval", MODEL, "--data", "idx:" + data, "--split", "all"),
                "Part 'all' needs a file without parts; ");
    }

    @Test
    void aPathMayHoldEqualSignsAndCommas() throws Exception {
        Path data = Fixtures.copyFashionSubset(Files.createDirectories(folder.resolve("a=1,b=2")));
        Command command = Command.zoo("eval", MODEL, "--data", "idx:" + data);
        assertThat(command.exitCode()).as(command.err()).isZero();
    }

    @Test
    void optionsThatExcludeEachOtherOrNameNothingAreWrongUse() {
        wrongUse(Command.zoo("list", "-q", "--json"), "--quiet prints names and --json objects");
        wrongUse(
                Command.zoo("show", MODEL, "--card", "--license"),
                "--card, --io, --layers and --license each print one thing");
        wrongUse(Command.zoo("show", "x.onnx", "--license"), "--license has no effect on an .onnx file");
        wrongUse(
                Command.zoo("list", "--catalog", folder.resolve("none").toString()),
                "--catalog: there is no folder " + folder.resolve("none"));
    }
}

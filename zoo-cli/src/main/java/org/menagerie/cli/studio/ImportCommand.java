package org.menagerie.cli.studio;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.console.Console;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.cli.option.OutputFile;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.settings.SettingValue;
import org.menagerie.studio.ImportOptions;
import org.menagerie.studio.Imported;
import org.menagerie.studio.NetworkFile;
import org.menagerie.studio.Studio;
import org.menagerie.studio.UnfitOptionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zoo import}: weights from elsewhere into one of our architectures. */
@Command(
        name = "import",
        description = {
            "Puts weights with PyTorch's names into an architecture and writes the network as an ONNX file.",
            "Where the architecture knows what its published weights were trained for, as resnet50, alexnet and vgg16 do, a card is"
                    + " written beside the network; 'zoo run --catalog FOLDER NAME' then answers with ImageNet's labels."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo export resnet20-fashion-mnist -o weights.safetensors",
            "  zoo import resnet20 weights.safetensors --config channels=1 --config size=28 \\",
            "      --config classes=10 -o resnet20.onnx",
            "  zoo import resnet50 hf:ORG/REPO/resnet50.safetensors --weights IMAGENET1K_V2 -o models/resnet50.onnx"
        })
public final class ImportCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "NAME", description = "An architecture or one of its variants.")
    String name = "";

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "A safetensors file, its URL, or a reference such as hf:ORG/REPO/model.safetensors.")
    String file = "";

    @Option(
            names = "--weights",
            paramLabel = "VERSION",
            description =
                    "Which of the published weights the file has, where several need pictures prepared in different ways,"
                            + " for example IMAGENET1K_V2 (default: the first version).")
    @Nullable
    String version;

    @Option(
            names = "--config",
            paramLabel = "KEY=VALUE",
            description = "Setting of the architecture, for example classes=10.")
    Map<String, String> config = new LinkedHashMap<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The file to write; its name ends in .onnx.")
    Path output = Path.of("");

    @Override
    public Integer call() throws IOException {
        OutputFile.of(common, output, ".onnx");
        Map<String, JsonNode> settings = new LinkedHashMap<>();
        config.forEach((key, text) -> settings.put(key, SettingValue.of(text)));
        Console console = common.console();
        try (Zoo zoo = Zoo.open(common.zooOptions())) {
            Imported imported = Studio.of(zoo)
                    .importWeights(
                            new ImportOptions(name, settings, file, version, output),
                            new TrainingProgress(console, () -> false));
            for (NetworkFile network : imported.networks()) {
                ExportCommand.print(network, console);
            }
            imported.card().ifPresent(card -> {
                Path folder = card.toAbsolutePath().getParent();
                String model = String.valueOf(card.getFileName()).replaceFirst("\\.md$", "");
                console.say("wrote " + card);
                console.say("run it with: "
                        + RunOptions.shell(List.of("run", "--catalog", String.valueOf(folder), model, "picture.png")));
            });
        } catch (UnfitOptionException e) {
            throw common.wrongUse(String.valueOf(e.getMessage()));
        }
        return ExitCodes.OK;
    }
}

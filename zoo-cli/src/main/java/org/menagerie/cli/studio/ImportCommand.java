package org.menagerie.cli.studio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.console.Sizes;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.cli.option.OutputFile;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.Graph;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.PublishedWeights;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.graph.plugin.SafetensorsFormat;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.settings.SettingValue;
import org.menagerie.spi.settings.TreeSettings;
import org.menagerie.studio.NamedArchitecture;
import org.menagerie.training.recipe.Subject;
import org.menagerie.weights.Safetensors;
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
            "      --config classes=10 -o resnet20.onnx"
        })
public final class ImportCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "NAME", description = "An architecture or one of its variants.")
    String name = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "A safetensors file.")
    Path file = Path.of("");

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
        try (Zoo zoo = Zoo.open(common.zooOptions())) {
            NamedArchitecture found = NamedArchitecture.find(zoo, name);
            Map<String, JsonNode> settings = new LinkedHashMap<>();
            config.forEach((key, text) -> settings.put(key, SettingValue.of(text)));
            NamedArchitecture chosen = common.fromArguments(() -> found.configured(settings));
            Subject subject = common.fromArguments(chosen::subject);
            Map<String, Graph> networks = subject.networks().get();
            Safetensors weights = SafetensorsFormat.read(file, name, networks.values());
            Map<String, String> metadata = new TreeMap<>(subject.provenance());
            metadata.put("menagerie.imported", String.valueOf(file.getFileName()));
            OutputFile.makeFolder(output);
            for (Map.Entry<String, Graph> entry : networks.entrySet()) {
                Graph network = entry.getValue();
                Path to = target(entry.getKey());
                OnnxWriter.write(to, network, Parameter.tensors(network.parameters(), weights.tensors()), metadata);
                common.console()
                        .out()
                        .println("%s  %s, %,d parameters"
                                .formatted(to, Sizes.text(Files.size(to)), network.parameterCount()));
            }
            Optional<PublishedWeights> published = published(chosen.built(), chosen.config());
            if (published.isPresent()) {
                new ImportedCard(chosen.architecture(), chosen.config(), subject.task(), published.get())
                        .write(output, file, common.console());
            }
        }
        return ExitCodes.OK;
    }

    private static <C extends Record> Optional<PublishedWeights> published(
            Architecture<C> architecture, ObjectNode config) {
        return architecture.published(TreeSettings.of("--config", config).as(architecture.configType()));
    }

    /** The file of a network: the one asked for, or one beside it, called after the network. */
    private Path target(String network) {
        return network.equals(Architecture.MODEL)
                ? output
                : output.resolveSibling(String.valueOf(output.getFileName())
                        .replaceFirst("(\\.onnx)?$", Matcher.quoteReplacement("-" + network) + ".onnx"));
    }
}

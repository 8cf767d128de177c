package org.menagerie.cli.studio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.console.Sizes;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.cli.option.OutputFile;
import org.menagerie.graph.onnx.OnnxModel;
import org.menagerie.graph.onnx.OnnxReader;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.ModelCard;
import org.menagerie.weights.Safetensors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zoo export}: a model as one ONNX file of our opset. */
@Command(
        name = "export",
        description = {
            "Writes a model's network as an ONNX file of opset 17 that any ONNX consumer loads, or its weights",
            "alone if FILE ends in .safetensors."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo export lenet-fashion-mnist -o lenet.onnx",
            "  zoo export lenet-fashion-mnist -o lenet.safetensors",
            "  zoo export --catalog runs/lenet lenet -o lenet.onnx",
            "  zoo export pp-ocr --artifact orientation -o orientation.onnx"
        })
public final class ExportCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's name, or CATALOG/NAME.")
    String model = "";

    @Option(
            names = "--artifact",
            paramLabel = "NAME",
            description = "Which network, if the model has several (default: model).")
    String artifact = "model";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The file to write; its name ends in .onnx or .safetensors.")
    Path output = Path.of("");

    @Override
    public Integer call() throws IOException {
        boolean weightsAlone =
                OutputFile.of(common, output, ".onnx", ".safetensors").endsWith(".safetensors");
        try (Zoo zoo = Zoo.open(common.zooOptions())) {
            ModelCard card = zoo.card(model);
            if (!card.artifacts().containsKey(artifact)) {
                throw common.wrongUse("--artifact: model '%s' has no artifact '%s'; it has %s"
                        .formatted(model, artifact, card.artifacts().keySet()));
            }
            OnnxModel read = OnnxReader.read(zoo.artifact(model, artifact));
            Map<String, String> metadata = new TreeMap<>(read.metadata());
            metadata.put("menagerie.exported", card.name());
            OutputFile.makeFolder(output);
            if (weightsAlone) {
                new Safetensors(read.weights(), metadata).write(output);
            } else {
                OnnxWriter.write(output, read.graph(), read.weights(), metadata);
            }
            common.console()
                    .out()
                    .println("%s  %s, %,d parameters"
                            .formatted(
                                    output,
                                    Sizes.text(Files.size(output)),
                                    read.graph().parameterCount()));
        }
        return ExitCodes.OK;
    }
}

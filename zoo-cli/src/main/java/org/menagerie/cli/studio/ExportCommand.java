package org.menagerie.cli.studio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.console.Console;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.cli.option.OutputFile;
import org.menagerie.hub.Sizes;
import org.menagerie.hub.Zoo;
import org.menagerie.studio.NetworkFile;
import org.menagerie.studio.Studio;
import org.menagerie.studio.UnfitOptionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zoo export}: a model as one ONNX file of our opset. */
@Command(
        name = "export",
        description = {
            "Writes a model's network as an ONNX file of opset 17 that any ONNX consumer loads, or its weights",
            "alone if FILE ends in .safetensors. With a decoder, the file does the model's whole work."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo export lenet-fashion-mnist -o lenet.onnx",
            "  zoo export lenet-fashion-mnist -o lenet.safetensors",
            "  zoo export --catalog runs/lenet lenet -o lenet.onnx",
            "  zoo export pp-ocr --artifact orientation -o orientation.onnx",
            "  zoo export g2p-lstm-cmudict --with-decoder greedy -o g2p.onnx"
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
            names = "--with-decoder",
            paramLabel = "NAME",
            description =
                    "Put all networks and this decoder into the file: ids in, ids out for models that write texts (greedy).")
    @Nullable
    String decoder;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The file to write; its name ends in .onnx or .safetensors.")
    Path output = Path.of("");

    @Override
    public Integer call() throws IOException {
        String with = decoder;
        if (with == null) {
            OutputFile.of(common, output, ".onnx", ".safetensors");
        } else {
            common.refuse("a file with a decoder, which holds all networks", "--artifact");
            OutputFile.of(common, output, ".onnx");
        }
        try (Zoo zoo = Zoo.open(common.zooOptions())) {
            Studio studio = Studio.of(zoo);
            print(
                    with == null
                            ? studio.export(model, artifact, output)
                            : studio.exportWithDecoder(model, with, output),
                    common.console());
        } catch (UnfitOptionException e) {
            throw common.wrongUse("%s: %s".formatted(with == null ? "--artifact" : "--with-decoder", e.getMessage()));
        }
        return ExitCodes.OK;
    }

    /** Says which network was written. */
    static void print(NetworkFile network, Console console) throws IOException {
        console.out()
                .println("%s  %s, %,d parameters"
                        .formatted(network.file(), Sizes.text(Files.size(network.file())), network.parameters()));
    }
}

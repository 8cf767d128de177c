package org.menagerie.cli.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.cli.option.OutputFile;
import org.menagerie.explain.GradientGraph;
import org.menagerie.explain.NetworkGraph;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.hub.BareNetwork;
import org.menagerie.hub.Zoo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zoo grad}: a derivative of a network as a file. */
@Command(
        name = "grad",
        description =
                "Writes a network with its gradient as an ONNX file: an input d_OUTPUT is added, and the output d_INPUT is"
                        + " the gradient of sum(OUTPUT * d_OUTPUT). With --forward, d_INPUT is added, and d_OUTPUT is what"
                        + " OUTPUT changes along it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo grad lenet-fashion-mnist --of logits --wrt image -o grad.onnx",
            "  zoo grad backbone.onnx --of logits --wrt image --forward -o forward.onnx"
        })
public final class GradCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "MODEL",
            description =
                    "A model's name, CATALOG/NAME, an .onnx file, or a URL or an hf:, npm: or maven: reference to one.")
    String model = "";

    @Option(
            names = "--of",
            paramLabel = "OUTPUT",
            required = true,
            description = "The output, or the layer, that is differentiated.")
    String of = "";

    @Option(
            names = "--wrt",
            paramLabel = "INPUT",
            required = true,
            description = "The input, or the layer, with respect to which it is.")
    String wrt = "";

    @Option(
            names = "--forward",
            description = "Write the product of the Jacobian and a vector, made by differentiating twice.")
    boolean forward;

    @Option(
            names = "--artifact",
            paramLabel = "NAME",
            description = "Which network, if the model has several (default: model).")
    @Nullable
    String artifact;

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
            NetworkGraph network;
            if (BareNetwork.isOne(model)) {
                common.refuse("an .onnx file, which is one network", "--artifact");
                network = NetworkGraph.read(model, zoo.hub().bare(model));
            } else {
                network = NetworkGraph.of(zoo, model, artifact == null ? "model" : artifact);
            }
            GradientGraph gradient = forward
                    ? GradientGraph.jacobianVector(network, of, wrt)
                    : GradientGraph.vectorJacobian(network, of, wrt);
            OnnxWriter.write(
                    output, gradient.network().graph(), gradient.network().weights(), Map.of());
            common.console()
                    .out()
                    .println("%s  takes %s, gives %s".formatted(output, gradient.seed(), gradient.result()));
        }
        return ExitCodes.OK;
    }
}

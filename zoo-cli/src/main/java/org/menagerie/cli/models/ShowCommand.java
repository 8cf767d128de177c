package org.menagerie.cli.models;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.console.Table;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.explain.Layers;
import org.menagerie.explain.NetworkGraph;
import org.menagerie.hub.BareNetwork;
import org.menagerie.hub.Hub;
import org.menagerie.hub.Sizes;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.catalog.CardFile;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.spi.ModelCard.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zoo show}: what a card says of its model. */
@Command(
        name = "show",
        description = "Shows the card of a model, or the inputs and outputs of an .onnx file.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo show lenet-fashion-mnist",
            "  zoo show --card lenet-fashion-mnist",
            "  zoo show resnet20-fashion-mnist --layers"
        })
public final class ShowCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "MODEL",
            description = "A model's name, CATALOG/NAME, or an .onnx file or URL, hf:, npm: or maven: path.")
    String model = "";

    @Option(names = "--card", description = "Print the text of the card.")
    boolean raw;

    @Option(
            names = "--io",
            description = "Print the inputs and outputs of the networks; fetches the model if it is not here.")
    boolean io;

    @Option(
            names = "--layers",
            description = "Print the layers of the network with their shapes; fetches the model if it is not here.")
    boolean layers;

    @Option(names = "--license", description = "Print the licence only.")
    boolean license;

    @Override
    public Integer call() {
        Hub hub = new Hub(common.zooOptions());
        PrintWriter out = common.console().out();
        if (Stream.of(raw, io, layers, license).filter(given -> given).count() > 1) {
            throw common.wrongUse("--card, --io, --layers and --license each print one thing; give one of them");
        }
        if (BareNetwork.isOne(model)) {
            common.refuse("an .onnx file, which has no card", "--card", "--license");
            if (layers) {
                layers(out, NetworkGraph.read(model, hub.bare(model)));
                return ExitCodes.OK;
            }
            network(out, model, new BareNetwork(hub, model).lines());
            return ExitCodes.OK;
        }
        CardFile file = hub.catalogs().find(model);
        if (raw) {
            out.print(file.text());
            return ExitCodes.OK;
        }
        ModelCard card = file.read();
        if (license) {
            out.println(card.license());
            return ExitCodes.OK;
        }
        if (layers) {
            layers(out, file, card);
            return ExitCodes.OK;
        }
        if (io) {
            List<Artifact> networks = card.artifacts().values().stream()
                    .filter(artifact -> artifact.file().endsWith(".onnx"))
                    .toList();
            if (networks.isEmpty()) {
                common.console()
                        .say("Model '%s' has no .onnx file; its files are %s"
                                .formatted(
                                        model,
                                        card.artifacts().values().stream()
                                                .map(Artifact::file)
                                                .toList()));
            }
            for (Artifact network : networks) {
                Path here = hub.file(file, card, network.name());
                network(
                        out,
                        network.name(),
                        BareNetwork.lines(here, hub.options().session()));
            }
            return ExitCodes.OK;
        }
        out.println(file.qualifiedName());
        field(out, "task", card.task());
        field(out, "license", card.license());
        field(out, "tags", String.join(", ", card.tags()));
        field(out, "trained on", String.join(", ", card.datasets()));
        card.metrics()
                .forEach(metric ->
                        field(out, metric.type(), Double.toString(metric.value()) + " on " + metric.dataset()));
        card.architecture().ifPresent(component -> field(out, "architecture", describe(component)));
        card.preprocessor().ifPresent(component -> field(out, "preprocessor", describe(component)));
        card.decoder().ifPresent(component -> field(out, "decoder", describe(component)));
        card.kind().ifPresent(component -> field(out, "kind", describe(component)));
        field(out, "labels", card.labels().isEmpty() ? "" : card.labels().size() + ": " + labels(card));
        card.artifacts()
                .values()
                .forEach(artifact -> field(
                        out,
                        artifact.name(),
                        "%s, %s, from %s"
                                .formatted(
                                        artifact.file(),
                                        Sizes.text(artifact.size()),
                                        String.join(", ", artifact.sources()))));
        field(out, "here", hub.installed(card) ? "yes" : "no");
        out.println();
        out.print(card.text());
        out.println();
        return ExitCodes.OK;
    }

    /** The layers of each network. */
    private void layers(PrintWriter out, CardFile file, ModelCard card) {
        List<String> networks = card.artifacts().values().stream()
                .filter(artifact -> artifact.file().matches(".*\\.(onnx|safetensors)"))
                .map(Artifact::name)
                .toList();
        try (Zoo zoo = Zoo.open(common.zooOptions())) {
            for (String artifact : networks) {
                if (networks.size() > 1) {
                    out.println(artifact);
                }
                layers(out, NetworkGraph.of(zoo, file.qualifiedName(), artifact));
            }
        }
    }

    private static void layers(PrintWriter out, NetworkGraph network) {
        Table table = new Table("LAYER", "OPERATOR", "SHAPE", "WEIGHTS");
        Layers.of(network)
                .all()
                .forEach(layer -> table.row(layer.name(), layer.operator(), layer.type(), layer.weights()));
        table.print(out);
    }

    private static void network(PrintWriter out, String title, List<String> lines) {
        out.println(title);
        lines.forEach(line -> out.println("  " + line));
    }

    private static void field(PrintWriter out, String name, String value) {
        if (!value.isEmpty()) {
            out.printf("  %-13s %s%n", name, value);
        }
    }

    private static String describe(Component component) {
        return component.name() + " " + component.settings().tree();
    }

    private static String labels(ModelCard card) {
        String all = String.join(", ", card.labels());
        return all.length() > 100 ? all.substring(0, 100) + "…" : all;
    }
}

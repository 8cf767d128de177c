package org.menagerie.studio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.Graph;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.PublishedWeights;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.graph.plugin.SafetensorsFormat;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.settings.TreeSettings;
import org.menagerie.training.recipe.Subject;
import org.menagerie.weights.Safetensors;

/** Puts weights into an architecture and writes its networks, with a card where the architecture knows what one says. */
record WeightImport(Zoo zoo, ImportOptions options) {
    Imported execute(StudioListener listener) throws IOException {
        NamedArchitecture found = NamedArchitecture.find(zoo, options.name());
        NamedArchitecture chosen = UnfitOptionException.checked("config", () -> found.configured(options.config()));
        Subject subject = UnfitOptionException.checked("config", chosen::subject);
        Optional<PublishedWeights> published = published(chosen.built(), chosen.config());
        Map<String, Object> preprocessor = UnfitOptionException.checked("version", () -> preprocessor(published));
        Map<String, Graph> networks = subject.networks().get();
        Safetensors weights = SafetensorsFormat.read(
                zoo.hub().bareWeights(options.weights()),
                options.name(),
                networks.values(),
                name -> published.map(known -> known.renamed(name)).orElse(name));
        Map<String, String> metadata = new TreeMap<>(subject.provenance());
        metadata.put("menagerie.imported", source());
        List<NetworkFile> files = new ArrayList<>();
        for (Map.Entry<String, Graph> entry : networks.entrySet()) {
            Graph network = entry.getValue();
            Path to = target(entry.getKey());
            OnnxWriter.write(to, network, Parameter.tensors(network.parameters(), weights.tensors()), metadata);
            files.add(new NetworkFile(to, network.parameterCount()));
        }
        Optional<Path> card = published.isEmpty()
                ? Optional.empty()
                : new ImportedCard(
                                chosen.architecture(),
                                chosen.config(),
                                subject.task(),
                                preprocessor,
                                published.get().labels())
                        .write(options.output(), source(), listener);
        return new Imported(List.copyOf(files), card);
    }

    /** How pictures are prepared for the version that was asked for; empty if nothing was published. */
    private Map<String, Object> preprocessor(Optional<PublishedWeights> published) {
        if (published.isEmpty() && options.version() != null) {
            throw new IllegalArgumentException("There are no weights '%s' of %s; no published weights of it are known"
                    .formatted(options.version(), options.name()));
        }
        return published.map(weights -> weights.preprocessor(options.version())).orElse(Map.of());
    }

    /** The last part of the file's name or reference. */
    private String source() {
        String weights = options.weights();
        return weights.substring(Math.max(weights.lastIndexOf('/'), weights.lastIndexOf('\\')) + 1);
    }

    private static <C extends Record> Optional<PublishedWeights> published(
            Architecture<C> architecture, ObjectNode config) {
        return architecture.published(TreeSettings.of("config", config).as(architecture.configType()));
    }

    /** The file of a network: the one asked for, or one beside it, called after the network. */
    private Path target(String network) {
        Path output = options.output();
        return network.equals(Architecture.MODEL)
                ? output
                : output.resolveSibling(String.valueOf(output.getFileName())
                        .replaceFirst("(\\.onnx)?$", Matcher.quoteReplacement("-" + network) + ".onnx"));
    }
}

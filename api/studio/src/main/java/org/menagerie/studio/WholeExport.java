package org.menagerie.studio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.menagerie.graph.export.GraphDecoderKind;
import org.menagerie.graph.export.WholeGraph;
import org.menagerie.graph.onnx.OnnxModel;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.settings.Suggestions;

/** Writes a model's networks and a decoder as one ONNX file. */
record WholeExport(Zoo zoo, String model, String decoder) {
    private static final String OPTION = "decoder";

    NetworkFile write(Path output) throws IOException {
        ModelCard card = zoo.card(model);
        GraphDecoderKind kind = kind();
        Optional<String> misfit = kind.misfit(card);
        if (misfit.isPresent()) {
            throw new UnfitOptionException(
                    OPTION, "%s; '%s' %s: %s".formatted(misfit.get(), decoder, kind.about(), fitting(kind)));
        }
        WholeGraph whole = new WholeGraph(card, artifact -> zoo.artifact(model, artifact));
        kind.build(whole);
        OnnxModel built = whole.build();
        Map<String, String> metadata = new TreeMap<>(built.metadata());
        metadata.put("menagerie.exported", card.name());
        metadata.put("menagerie.decoder", decoder);
        OnnxWriter.write(output, built.graph(), built.weights(), metadata);
        return new NetworkFile(output, built.graph().parameterCount());
    }

    private GraphDecoderKind kind() {
        Map<String, GraphDecoderKind> kinds = new TreeMap<>(zoo.components(GraphDecoderKind.class));
        GraphDecoderKind kind = kinds.get(decoder);
        if (kind == null) {
            throw new UnfitOptionException(
                    OPTION,
                    "there is no decoder '%s' for files%s; there are %s"
                            .formatted(
                                    decoder,
                                    Suggestions.didYouMean(decoder, kinds.keySet()),
                                    String.join(", ", kinds.keySet())));
        }
        return kind;
    }

    /** The names of the cards that it serves. */
    private String fitting(GraphDecoderKind kind) {
        List<String> names = zoo.cards().stream()
                .filter(card -> fits(kind, card))
                .map(ModelCard::name)
                .sorted()
                .toList();
        return names.isEmpty() ? "none of the cards here" : String.join(", ", names);
    }

    /** A card that cannot be read whole is no model to propose. */
    private static boolean fits(GraphDecoderKind kind, ModelCard card) {
        try {
            return kind.misfit(card).isEmpty();
        } catch (ZooException e) {
            return false;
        }
    }
}

package org.menagerie.explain;

import ai.djl.modality.cv.output.CategoryMask;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.DecoderKind;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * Reads targets for one model.
 *
 * @param network whose values targets name
 * @param output the output that holds the model's scores
 * @param classAxis which axis of one item the classes are on; the last if negative
 * @param labels the names of the classes; empty if they have none
 * @param background true if class 0 is none of the labels
 */
public record TargetReader(
        NetworkGraph network, String output, int classAxis, List<String> labels, boolean background) {
    /**
     * Takes from a card which output holds the scores and what the classes are called.
     *
     * @param card empty for a network without one
     */
    public static TargetReader of(Zoo zoo, NetworkGraph network, Optional<ModelCard> card) {
        Optional<JsonNode> decoder = card.flatMap(ModelCard::decoder)
                .map(component -> component.settings().tree());
        String output = decoder.map(settings -> settings.path("output").asText(""))
                .filter(network.graph().outputs()::containsKey)
                .orElseGet(() -> firstOutput(network));
        boolean last = decoder.map(settings -> settings.path("layout").asText(""))
                .filter("NHWC"::equals)
                .isPresent();
        List<String> labels = card.map(ModelCard::labels).orElse(List.of());
        boolean background = card.flatMap(ModelCard::decoder)
                .filter(component -> masks(zoo, component.name()))
                .isPresent();
        return new TargetReader(network, output, last ? -1 : 0, labels, background && !labels.isEmpty());
    }

    /** Masks have a background beside the card's labels, whichever decoder makes them. */
    private static boolean masks(Zoo zoo, String decoder) {
        DecoderKind<?, ?> kind = zoo.components(DecoderKind.class).get(decoder);
        return kind != null && kind.output().equals(CategoryMask.class);
    }

    /**
     * Reads what a user wants explained.
     *
     * @param values gives what a value of the network is for the input
     */
    public Target read(String text, Function<String, Tensor> values) {
        return new TargetText(output, classAxis, labels, background, values).read(text);
    }

    /** The name of the network's value that a target is computed from. */
    public String value(String text) {
        return TargetText.value(text).orElse(output);
    }

    private static String firstOutput(NetworkGraph network) {
        return network.graph().outputs().entrySet().stream()
                .filter(output -> !output.getValue().isTyped()
                        || output.getValue().element().isFloating())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new ZooException(
                        "Network '%s' has no output of floating-point numbers".formatted(network.name())));
    }
}

package org.menagerie.training.recipe;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.Graph;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.spi.CardException;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.ModelCard.Component;
import org.menagerie.spi.NetworkFormat;
import org.menagerie.training.Weights;
import org.menagerie.training.checkpoint.Safetensors;

/** Weights with PyTorch's names, for the architecture that the card names. */
public final class SafetensorsFormat implements NetworkFormat {
    /** PyTorch's count of the batches that a batch normalisation has seen; no network reads it. */
    private static final String UNUSED = "num_batches_tracked";

    @SuppressWarnings("rawtypes") // as plugins bind them
    private final Map<String, Architecture> architectures;

    @Inject
    SafetensorsFormat(@SuppressWarnings("rawtypes") Map<String, Architecture> architectures) {
        this.architectures = architectures;
    }

    @Override
    public byte[] onnx(ModelCard card, String network, Path file) {
        Component component = card.architecture()
                .orElseThrow(() -> new CardException(
                        "Card %s.md has weights in %s but names no architecture for them; add menagerie.architecture"
                                .formatted(card.name(), file.getFileName())));
        Architecture<?> architecture = architectures.get(component.name());
        if (architecture == null) {
            throw new CardException(
                    "Card %s.md has weights for architecture '%s', which no plugin brings; plugins bring %s"
                            .formatted(card.name(), component.name(), new TreeSet<>(architectures.keySet())));
        }
        Subject subject = subject(card.name(), architecture, component);
        Map<String, Graph> networks = subject.networks().get();
        Graph graph = networks.get(network);
        if (graph == null) {
            throw new CardException("Card %s.md calls its weights '%s'; architecture '%s' makes the networks %s"
                    .formatted(card.name(), network, component.name(), networks.keySet()));
        }
        Safetensors weights = read(file, card.name(), networks.values());
        return OnnxWriter.toBytes(graph, Weights.of(graph.parameters(), weights.tensors()), subject.provenance());
    }

    private static <C extends Record> Subject subject(String name, Architecture<C> architecture, Component component) {
        return Subject.of(name, architecture, component.settings().as(architecture.configType()));
    }

    /**
     * The weights of a file.
     *
     * @param name of the networks, for errors
     * @param networks which take them together
     * @throws InvalidInputException if the file is no safetensors file, or has a tensor that no network takes
     */
    public static Safetensors read(Path file, String name, Collection<Graph> networks) {
        Safetensors weights = Safetensors.map(file);
        Set<String> taken = new TreeSet<>();
        networks.forEach(network -> taken.addAll(network.parameters().keySet()));
        List<String> strangers = weights.tensors().keySet().stream()
                .filter(tensor -> !taken.contains(tensor) && !tensor.endsWith(UNUSED))
                .toList();
        if (!strangers.isEmpty()) {
            throw new InvalidInputException("%s has %d tensors that '%s' has no place for: %s; it takes %s"
                    .formatted(file, strangers.size(), name, strangers, taken));
        }
        return weights;
    }
}

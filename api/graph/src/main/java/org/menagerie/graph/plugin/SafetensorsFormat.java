package org.menagerie.graph.plugin;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.Graph;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.export.ExportedNetworks;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.spi.CardException;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.ModelCard.Component;
import org.menagerie.spi.NetworkFormat;
import org.menagerie.spi.Tensor;
import org.menagerie.weights.Safetensors;

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
        return onnx(card.name(), network, file, architecture, component);
    }

    private static <C extends Record> byte[] onnx(
            String name, String network, Path file, Architecture<C> architecture, Component component) {
        C config = component.settings().as(architecture.configType());
        Map<String, Graph> networks = ExportedNetworks.of(architecture, config);
        Graph graph = networks.get(network);
        if (graph == null) {
            throw new CardException("Card %s.md calls its weights '%s'; architecture '%s' makes the networks %s"
                    .formatted(name, network, component.name(), networks.keySet()));
        }
        Safetensors weights = read(file, name, networks.values());
        return OnnxWriter.toBytes(
                graph,
                Parameter.tensors(graph.parameters(), weights.tensors()),
                ExportedNetworks.provenance(name, config));
    }

    /**
     * The weights of a file.
     *
     * @param name of the networks, for errors
     * @param networks which take them together
     * @throws InvalidInputException if the file is not a safetensors file, or has a tensor that no network takes
     */
    public static Safetensors read(Path file, String name, Collection<Graph> networks) {
        return read(file, name, networks, tensor -> tensor);
    }

    /**
     * The same from a file whose tensors may have other names.
     *
     * @param renamed the networks' name of a tensor of the file
     */
    public static Safetensors read(Path file, String name, Collection<Graph> networks, UnaryOperator<String> renamed) {
        Safetensors found = Safetensors.map(file);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        found.tensors().forEach((tensor, value) -> tensors.put(renamed.apply(tensor), value));
        Safetensors weights = new Safetensors(tensors, found.metadata());
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

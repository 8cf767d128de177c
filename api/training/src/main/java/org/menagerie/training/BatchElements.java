package org.menagerie.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.graph.Dim;
import org.menagerie.graph.Graph;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;

/**
 * Refuses a batch that leaves batch normalisation one element a channel: such a batch has no variance, and the running
 * variance would become NaN for good.
 */
final class BatchElements {
    private final List<Value> inputs;
    private final List<Node> normalizations;

    BatchElements(Graph graph) {
        inputs = graph.inputs();
        normalizations = graph.nodes().stream()
                .filter(node -> node.qualifiedOp().equals("BatchNormalization"))
                .filter(node ->
                        node.attributes().getFlag("training_mode") && node.in(0).isTyped())
                .toList();
    }

    /** @throws InvalidInputException naming the layer and what to do */
    void require(Map<String, Tensor> batch) {
        Map<String, Long> extents = new HashMap<>();
        for (Value input : inputs) {
            Tensor tensor = batch.get(input.name());
            for (int axis = 0;
                    tensor != null
                            && axis < Math.min(input.rank(), tensor.shape().rank());
                    axis++) {
                extents.put(input.dim(axis).toString(), tensor.shape().dim(axis));
            }
        }
        for (Node node : normalizations) {
            Value x = node.in(0);
            Dim elements = x.type().withDim(1, Dim.of(1)).size();
            if (evaluated(elements, extents).filter(count -> count == 1).isPresent()) {
                throw new InvalidInputException(
                        "A batch of one example leaves batch normalisation '%s' of '%s' one element a channel, which has no variance; choose a batch size that leaves no rest of one"
                                .formatted(node.in(1).name(), x));
            }
        }
    }

    /** Empty where an extent is not one of the batch's. */
    private static Optional<Long> evaluated(Dim elements, Map<String, Long> extents) {
        try {
            return Optional.of(elements.evaluate(extents));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

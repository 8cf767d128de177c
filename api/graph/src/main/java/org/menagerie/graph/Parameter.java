package org.menagerie.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import org.menagerie.graph.layer.Initializer;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * A named tensor that belongs to a network and outlives a run: a weight, a bias, or a running statistic.
 *
 * @param name for example {@code layer1.0.conv1.weight}
 * @param value its value in the graph; its type has no symbols
 * @param initializer how it starts
 * @param trainable true of weights and biases, which an optimizer moves; false of buffers such as running statistics
 */
public record Parameter(String name, Value value, Initializer initializer, boolean trainable) {
    public Parameter {
        if (!value.type().isFixed()) {
            throw new GraphException("Parameter '%s' needs a fixed shape; found %s".formatted(name, value.type()));
        }
    }

    /** The number of elements. */
    public long size() {
        return value.type().shape().size();
    }

    /**
     * The tensors of a network's parameters among those of a file.
     *
     * @throws ZooException naming a parameter that is missing or has another type or shape
     */
    public static Map<String, Tensor> tensors(Map<String, Parameter> parameters, Map<String, Tensor> file) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> {
            Tensor tensor = file.get(name);
            if (tensor == null) {
                throw new ZooException("The weights have no '%s' %s; they have %s"
                        .formatted(name, parameter.value.type(), file.keySet()));
            }
            if (!tensor.shape().equals(parameter.value.type().shape())
                    || tensor.elementType() != parameter.value.element()) {
                throw new ZooException(
                        "Weight '%s' is %s; the network needs %s".formatted(name, tensor, parameter.value.type()));
            }
            weights.put(name, tensor);
        });
        return weights;
    }
}

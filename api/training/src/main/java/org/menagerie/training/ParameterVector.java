package org.menagerie.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Parameter;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Parameters one after the other in one vector of double precision. */
final class ParameterVector {
    private final List<Parameter> parameters;
    private final int size;

    /** @throws GraphException if they have more elements than an array, or others than f32 and f64 */
    ParameterVector(List<Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
        long elements = 0;
        for (Parameter parameter : parameters) {
            ElementType type = parameter.value().element();
            if (type != ElementType.FLOAT32 && type != ElementType.FLOAT64) {
                throw new GraphException("Parameter '%s' is %s; Newton's method moves f32 and f64"
                        .formatted(parameter.name(), parameter.value().type()));
            }
            elements += parameter.size();
        }
        if (elements > Integer.MAX_VALUE - 8) {
            throw new GraphException("Newton's method takes up to 2³¹ parameters; found %,d".formatted(elements));
        }
        size = (int) elements;
    }

    int size() {
        return size;
    }

    /** The vector of tensors that have the parameters' names behind a prefix. */
    double[] gather(Map<String, Tensor> tensors, String prefix) {
        double[] vector = new double[size];
        int at = 0;
        for (Parameter parameter : parameters) {
            Tensor tensor = Weights.in(tensors, prefix + parameter.name());
            for (int i = 0; i < tensor.size(); i++) {
                vector[at++] = tensor.elementType() == ElementType.FLOAT32
                        ? tensor.floats().get(i)
                        : tensor.doubles().get(i);
            }
        }
        return vector;
    }

    /** Tensors with the parameters' names behind a prefix. */
    Map<String, Tensor> scatter(double[] vector, String prefix) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int at = 0;
        for (Parameter parameter : parameters) {
            Tensor tensor = Tensor.allocate(
                    parameter.value().element(), parameter.value().type().shape());
            for (int i = 0; i < tensor.size(); i++) {
                if (tensor.elementType() == ElementType.FLOAT32) {
                    tensor.floats().put(i, (float) vector[at++]);
                } else {
                    tensor.doubles().put(i, vector[at++]);
                }
            }
            tensors.put(prefix + parameter.name(), tensor);
        }
        return tensors;
    }
}

package org.menagerie.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.menagerie.graph.Parameter;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.training.data.RandomStreams;

/** Making and matching the tensors of parameters. */
public final class Weights {
    private Weights() {}

    /** Parameters as their initializers start them; each has a generator of its own, found by seed and name. */
    public static Map<String, Tensor> initial(Map<String, Parameter> parameters, long seed) {
        RandomStreams random = new RandomStreams(seed);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> {
            Tensor tensor = Tensor.allocate(
                    parameter.value().element(), parameter.value().type().shape());
            float[] values = new float[tensor.size()];
            parameter.initializer().fill(values, tensor.shape(), random.at("initialize/" + name));
            put(tensor, values);
            weights.put(name, tensor);
        });
        return weights;
    }

    private static void put(Tensor tensor, float[] values) {
        if (tensor.elementType() == ElementType.FLOAT32) {
            tensor.floats().put(values);
        } else if (tensor.elementType() == ElementType.FLOAT64) {
            for (int i = 0; i < values.length; i++) {
                tensor.doubles().put(i, values[i]);
            }
        } else {
            throw new ZooException("A parameter %s cannot be initialised; f32 and f64 can".formatted(tensor));
        }
    }

    /** What a map must have under a name. */
    static <T> T in(Map<String, T> map, String name) {
        T value = map.get(name);
        if (value == null) {
            throw new IllegalStateException("There is no '%s' among %s".formatted(name, map.keySet()));
        }
        return value;
    }
}

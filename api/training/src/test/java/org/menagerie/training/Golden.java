package org.menagerie.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** What {@code pytorch.py} recorded, and its network as a graph: mean((tanh(x wᵀ + b) − y)²). */
public final class Golden {
    public static final SessionOptions OPTIONS =
            SessionOptions.defaults().withDevice(Device.CPU).withThreads(1).withSpinning(false);

    private static final JsonNode ROOT = read();

    private Golden() {}

    private static JsonNode read() {
        try (InputStream in = Golden.class.getResourceAsStream("pytorch.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Numbers at a path such as {@code optimizers/adam/losses}. */
    public static float[] numbers(String path) {
        JsonNode node = ROOT.at("/" + path);
        if (!node.isArray()) {
            throw new IllegalArgumentException("pytorch.json has no list " + path);
        }
        float[] numbers = new float[node.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) node.get(i).asDouble();
        }
        return numbers;
    }

    public static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        ROOT.at("/" + path).fieldNames().forEachRemaining(names::add);
        return names;
    }

    public static Objective objective() {
        return g -> {
            Value x = g.input("x", "f32[N,3]");
            Value y = g.input("y", "f32[N,4]");
            Value weight = g.parameter("weight", TensorType.of(ElementType.FLOAT32, 4, 3), Initializers.zeros());
            Value bias = g.parameter("bias", TensorType.of(ElementType.FLOAT32, 4), Initializers.zeros());
            return g.meanSquaredError(g.tanh(g.gemm(x, false, weight, true, bias)), y);
        };
    }

    public static Map<String, Tensor> batch() {
        return Map.of("x", Tensor.of(numbers("x"), 8, 3), "y", Tensor.of(numbers("y"), 8, 4));
    }

    /** What a map has under a name that it must have. */
    public static <T> T in(Map<String, T> map, String name) {
        T value = map.get(name);
        if (value == null) {
            throw new IllegalArgumentException("There is no '%s' among %s".formatted(name, map.keySet()));
        }
        return value;
    }

    /** Where the training starts: PyTorch's weights, the optimizer's own state. */
    public static Map<String, Tensor> start(StepGraph training) {
        Map<String, Tensor> state = new HashMap<>(Weights.initial(training.all(), 1));
        state.put("weight", Tensor.of(numbers("weight"), 4, 3));
        state.put("bias", Tensor.of(numbers("bias"), 4));
        return state;
    }
}

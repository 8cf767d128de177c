package org.menagerie.explain;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * A network with the same architecture that has learned nothing: Gaussian weights of variance 2 / fan-in (He 2015), biases of
 * zero, and normalisations that change nothing. Whatever two such networks share comes from the architecture.
 */
public final class RandomWeights {
    private static final Set<String> RECURRENT = Set.of("LSTM", "GRU", "RNN");
    private static final int SCALE = 1;
    private static final int VARIANCE = 4;

    private RandomWeights() {}

    /**
     * Returns the network with random weights. Parameters that no convolution, matrix product or normalisation uses, such as
     * a slope or a table of positions, keep their values.
     */
    public static NetworkGraph of(NetworkGraph network, long seed) {
        Map<String, Tensor> weights = new HashMap<>(network.weights());
        Map<String, Tensor> drawn = new TreeMap<>();
        for (Node node : network.graph().nodes()) {
            for (int i = 1; i < node.inputs().size(); i++) {
                Value input = node.inputs().get(i);
                Tensor old = input == null ? null : weights.get(input.name());
                if (input != null
                        && old != null
                        && old.elementType() == ElementType.FLOAT32
                        && !drawn.containsKey(input.name())) {
                    Tensor fresh = drawn(node, i, old, new Random(31 * seed + drawn.size()));
                    if (fresh != null) {
                        drawn.put(input.name(), fresh);
                    }
                }
            }
        }
        weights.putAll(drawn);
        return new NetworkGraph(network.name(), network.graph(), weights);
    }

    private static @Nullable Tensor drawn(Node node, int place, Tensor old, Random random) {
        long[] dims = old.shape().dims();
        return switch (node.op()) {
            case "Conv", "Gemm", "MatMul", "ConvTranspose", "LSTM", "GRU", "RNN" ->
                dims.length < 2 ? filled(old, 0) : gaussian(old, fanIn(node, dims), random);
            case "BatchNormalization" -> filled(old, place == SCALE || place == VARIANCE ? 1 : 0);
            case "InstanceNormalization", "LayerNormalization", "GroupNormalization" ->
                filled(old, place == SCALE ? 1 : 0);
            case "Add" -> dims.length == 1 && afterProduct(node) ? filled(old, 0) : null;
            default -> null;
        };
    }

    private static boolean afterProduct(Node node) {
        return node.inputs().stream()
                .filter(input -> input != null)
                .flatMap(input -> input.producer().stream())
                .anyMatch(producer -> List.of("MatMul", "Gemm", "Conv").contains(producer.op()));
    }

    private static long fanIn(Node node, long[] dims) {
        boolean inputsFirst = node.op().equals("MatMul")
                || (node.op().equals("Gemm") && !node.attributes().getFlag("transB"));
        if (inputsFirst) {
            return dims[dims.length - 2];
        }
        long product = 1;
        int from = RECURRENT.contains(node.op()) ? 2 : 1; // behind directions and gates
        for (int i = Math.min(from, dims.length - 1); i < dims.length; i++) {
            product *= dims[i];
        }
        return node.op().equals("ConvTranspose") ? Math.max(1, product / dims[1] * dims[0]) : product;
    }

    private static Tensor gaussian(Tensor old, long fanIn, Random random) {
        double deviation = Math.sqrt(2.0 / Math.max(1, fanIn));
        float[] values = new float[old.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return Tensor.of(values, old.shape().dims());
    }

    private static Tensor filled(Tensor old, float value) {
        float[] values = new float[old.size()];
        Arrays.fill(values, value);
        return Tensor.of(values, old.shape().dims());
    }
}

package org.menagerie.plugin.transformer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Network;
import org.menagerie.spi.Network.TensorInfo;
import org.menagerie.spi.Tensor;

/** A decoding loop that is written out: the step network over known tokens, its states fed back. */
final class Stepping {
    private Stepping() {}

    /**
     * Logits {@code [rows, last − first, classes]} of the tokens from {@code first} on, each step fed with the token before.
     *
     * @param fixed what every step is fed besides
     * @param states that the first step starts from; caches that are left out start empty
     */
    static Tensor logits(
            Network step,
            Tensor tokens,
            int first,
            int last,
            int classes,
            Map<String, Tensor> fixed,
            Map<String, Tensor> states) {
        int rows = (int) tokens.shape().dim(0);
        int length = (int) tokens.shape().dim(1);
        Tensor logits = Tensor.allocate(ElementType.FLOAT32, rows, last - first, classes);
        Map<String, Tensor> kept = new LinkedHashMap<>(states);
        for (int t = first; t < last; t++) {
            Map<String, Tensor> fed = new LinkedHashMap<>(fixed);
            Tensor token = Tensor.allocate(ElementType.INT64, rows);
            Tensor position = Tensor.allocate(ElementType.INT64, rows);
            for (int row = 0; row < rows; row++) {
                token.longs().put(row, tokens.longs().get(row * length + t));
                position.longs().put(row, t);
            }
            fed.put("token", token);
            fed.put("position", position);
            for (TensorInfo input : step.inputs()) {
                if (input.name().startsWith("key_") || input.name().startsWith("value_")) {
                    fed.put(input.name(), kept.computeIfAbsent(input.name(), name -> empty(input, rows)));
                }
            }
            fed.keySet().retainAll(step.inputs().stream().map(TensorInfo::name).toList());
            Map<String, Tensor> outputs = step.run(fed);
            kept.replaceAll((name, before) -> in(outputs, "next_" + name));
            float[] found = in(outputs, "logits").toFloatArray();
            for (int row = 0; row < rows; row++) {
                logits.floats().put((row * (last - first) + t - first) * classes, found, row * classes, classes);
            }
        }
        return logits;
    }

    private static Tensor empty(TensorInfo input, int rows) {
        long heads = Long.parseLong(input.dims().get(1));
        long size = Long.parseLong(input.dims().get(3));
        return Tensor.allocate(ElementType.FLOAT32, rows, heads, 0, size);
    }

    static <T> T in(Map<String, T> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }
}

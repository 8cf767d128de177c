package org.menagerie.hub;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.menagerie.spi.ModelCard.TensorSummary;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.TensorElements;

/**
 * One prediction of a one-network model, stage by stage.
 *
 * @param prepared the network's inputs
 * @param outputs the network's outputs
 * @param answer the decoder's answer
 */
public record Trace(Map<String, Tensor> prepared, Map<String, Tensor> outputs, Object answer) {
    private static final int KEPT = 8;

    /** What a card keeps of a tensor. */
    public static TensorSummary summary(Tensor tensor) {
        double[] values = values(tensor);
        double mean = Arrays.stream(values).average().orElse(0);
        double variance = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElse(0);
        List<Double> kept = new ArrayList<>();
        int count = Math.min(KEPT, values.length);
        for (int i = 0; i < count; i++) {
            kept.add(values[count == 1 ? 0 : (int) ((long) i * (values.length - 1) / (count - 1))]);
        }
        return new TensorSummary(
                Arrays.stream(tensor.shape().dims()).boxed().toList(), mean, Math.sqrt(variance), kept);
    }

    /** True if two summaries agree to an absolute and a relative tolerance. */
    public static boolean agree(TensorSummary a, TensorSummary b, double absolute, double relative) {
        boolean same = a.shape().equals(b.shape())
                && a.values().size() == b.values().size()
                && near(a.mean(), b.mean(), absolute, relative)
                && near(a.deviation(), b.deviation(), absolute, relative);
        for (int i = 0; same && i < a.values().size(); i++) {
            same = near(a.values().get(i), b.values().get(i), absolute, relative);
        }
        return same;
    }

    private static boolean near(double a, double b, double absolute, double relative) {
        return Math.abs(a - b) <= absolute + relative * Math.max(Math.abs(a), Math.abs(b));
    }

    private static double[] values(Tensor tensor) {
        double[] values = new double[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = TensorElements.number(tensor, i);
        }
        return values;
    }
}

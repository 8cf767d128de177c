package org.menagerie.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.menagerie.graph.Parameter;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.Column;

/**
 * Compares g·d, for gradients g and a random direction d, with (L(w + εd) − L(w − εd)) / 2ε. In float32 the difference
 * is good to a per cent or so; a wrong rule is off by far more. Detached values are held where they are.
 */
final class Directional {
    private static final double TOLERANCE = 0.03;

    /** Lengths of ε·d: a short one crosses fewer kinks, of ReLU for example, a long one drowns rounding. */
    private static final double[] STEPS = {0.02, 0.004, 0.001};

    private Directional() {}

    static void check(
            OnnxSession session,
            OnnxSession losses,
            Map<String, Tensor> batch,
            Map<String, Tensor> weights,
            List<Parameter> trained,
            long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, float[]> direction = new HashMap<>();
        double length = 0;
        for (Parameter parameter : trained) {
            float[] d = new float[(int) parameter.size()];
            for (int i = 0; i < d.length; i++) {
                d[i] = (float) random.nextGaussian();
                length += d[i] * d[i];
            }
            direction.put(parameter.name(), d);
        }
        Map<String, Tensor> outputs = session.run(inputs(session, batch, weights));
        double slope = 0;
        double norm = 0;
        for (Parameter parameter : trained) {
            float[] gradient = Column.in(outputs, "d " + parameter.name()).toFloatArray();
            float[] d = direction.getOrDefault(parameter.name(), new float[0]);
            for (int i = 0; i < d.length; i++) {
                slope += gradient[i] * d[i];
                norm += (double) gradient[i] * gradient[i];
            }
        }
        assertThat(norm).as("squared norm of all gradients").isPositive();
        Map<String, Tensor> held = new HashMap<>(batch);
        held.putAll(outputs);
        double nearest = Double.NaN;
        for (double step : STEPS) {
            double epsilon = step / Math.sqrt(length);
            double up = loss(losses, held, weights, direction, epsilon);
            double down = loss(losses, held, weights, direction, -epsilon);
            double difference = (up - down) / (2 * epsilon);
            if (!(Math.abs(nearest - slope) <= Math.abs(difference - slope))) {
                nearest = difference;
            }
        }
        assertThat(nearest).isCloseTo(slope, within(TOLERANCE * Math.sqrt(norm)));
    }

    private static Map<String, Tensor> inputs(
            OnnxSession session, Map<String, Tensor> batch, Map<String, Tensor> weights) {
        Map<String, Tensor> inputs = new HashMap<>(weights);
        inputs.putAll(batch);
        inputs.keySet()
                .retainAll(session.inputs().stream().map(input -> input.name()).toList());
        return inputs;
    }

    private static double loss(
            OnnxSession session,
            Map<String, Tensor> batch,
            Map<String, Tensor> weights,
            Map<String, float[]> direction,
            double epsilon) {
        Map<String, Tensor> moved = new HashMap<>(weights);
        direction.forEach((name, d) -> {
            Tensor tensor = Column.in(weights, name).copy();
            for (int i = 0; i < d.length; i++) {
                tensor.floats().put(i, (float) (tensor.floats().get(i) + epsilon * d[i]));
            }
            moved.put(name, tensor);
        });
        return Column.in(session.run(inputs(session, batch, moved)), "loss")
                .floats()
                .get(0);
    }
}

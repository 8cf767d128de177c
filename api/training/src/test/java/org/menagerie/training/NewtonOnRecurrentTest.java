package org.menagerie.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.RecurrentLayers.States;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Recurrent;
import org.menagerie.spi.Tensor;
import org.menagerie.training.optimizer.Newton;
import org.menagerie.training.optimizer.NewtonCg;
import org.menagerie.training.optimizer.SecondOrder;

/** Newton's method needs second derivatives through a recurrent layer, which a loop inside the graph carries. */
final class NewtonOnRecurrentTest {
    private static final int STEPS = 5;
    private static final int EXAMPLES = 6;

    private static Objective objective(String kind) {
        return g -> {
            Value x = g.input("x", "f32[T,N,2]");
            Recurrent settings = Recurrent.hidden(2);
            States states = switch (kind) {
                case "rnn" -> g.rnn("layer", x, null, settings);
                case "gru" -> g.gru("layer", x, null, settings);
                default -> g.lstm("layer", x, null, settings);
            };
            Value last = g.reshape(states.hidden(), -1, 2);
            Value fitted = g.linear("head", last, 1);
            return g.meanSquaredError(fitted, g.input("y", "f32[N,1]"));
        };
    }

    private static Tensor waves(double frequency, long... dims) {
        int size = 1;
        for (long dim : dims) {
            size *= (int) dim;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (0.8 * Math.sin(frequency * (i + 1)));
        }
        return Tensor.of(values, dims);
    }

    @ParameterizedTest
    @CsvSource({"rnn, newton", "gru, newton", "lstm, newton", "rnn, newton-cg", "gru, newton-cg", "lstm, newton-cg"})
    void everyStepGoesDownhill(String kind, String name) {
        SecondOrder method = name.equals("newton") ? Newton.defaults() : NewtonCg.defaults();
        Objective objective = objective(kind);
        Map<String, Tensor> start = new HashMap<>();
        for (Parameter parameter :
                objective.graph("net", Mode.TRAINING).parameters().values()) {
            long[] dims = parameter.value().type().shape().dims();
            start.put(parameter.name(), waves(0.9 + 0.1 * start.size(), dims));
        }
        Map<String, Tensor> batch = Map.of("x", waves(1.7, STEPS, EXAMPLES, 2), "y", waves(0.7, EXAMPLES, 1));
        List<Map<String, Double>> metrics = new ArrayList<>();
        StepGraph.Settings settings = StepGraph.Settings.of(method).withPenalty(new Penalty(0, 0.02));
        try (NewtonSteps steps = new NewtonSteps(objective, settings, start, Golden.OPTIONS, 1)) {
            for (int step = 1; step <= 25; step++) {
                steps.add(step, 1, batch);
                steps.done().forEach(done -> metrics.add(done.metrics()));
            }
        }
        for (int step = 1; step < metrics.size(); step++) {
            assertThat(loss(metrics, step)).isLessThanOrEqualTo(loss(metrics, step - 1));
        }
        assertThat(loss(metrics, metrics.size() - 1)).isLessThan(0.7 * loss(metrics, 0));
        if (kind.equals("rnn") && name.equals("newton")) {
            // Near a minimum the error is squared by every step, which only right second derivatives do.
            assertThat(Golden.in(metrics.get(5), StepGraph.GRADIENT_NORM)).isLessThan(1e-5);
        }
    }

    private static double loss(List<Map<String, Double>> metrics, int step) {
        return Golden.in(metrics.get(step), StepGraph.LOSS);
    }
}

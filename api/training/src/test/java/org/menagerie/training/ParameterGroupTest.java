package org.menagerie.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.training.recipe.TrainingKinds;

/** Parameters that move as one vector take the steps that each takes alone, to the bit. */
final class ParameterGroupTest {
    private static final Map<String, List<Long>> SHAPES = Map.of(
            "matrix", List.of(5L, 7L),
            "kernel", List.of(3L, 2L, 3L, 3L),
            "bias", List.of(11L),
            "scale", List.of(1L),
            "large", List.of(300L, 301L),
            "deep", List.of(2L, 3L, 4L, 5L, 6L));

    /** The sum of one term a parameter: no gradient depends on another parameter. */
    private static Objective objective() {
        return g -> {
            Value target = g.input("target", "f32[]");
            Value[] terms = SHAPES.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(shape -> {
                        long[] dims = shape.getValue().stream()
                                .mapToLong(Long::longValue)
                                .toArray();
                        Value x = g.parameter(
                                shape.getKey(), TensorType.of(ElementType.FLOAT32, dims), Initializers.normal(0, 1));
                        return g.mean(g.square(g.sub(g.tanh(x), target)));
                    })
                    .toArray(Value[]::new);
            return g.op("Sum", terms);
        };
    }

    private static StepGraph graph(String optimizer, Predicate<String> trains) {
        return StepGraph.of(
                objective(),
                StepGraph.Settings.of(TrainingKinds.standard().optimizer(optimizer))
                        .withTrains(trains));
    }

    private static Map<String, Tensor> train(StepGraph training) {
        SplittableRandom random = new SplittableRandom(4);
        Map<String, Tensor> after = new LinkedHashMap<>();
        try (StepRunner runner = new StepRunner(training, Weights.initial(training.all(), 6), Golden.OPTIONS, 1)) {
            for (int step = 1; step <= 5; step++) {
                runner.step(step, 0.1, Map.of("target", Tensor.scalar((float) random.nextDouble())));
            }
            runner.state().forEach((name, tensor) -> after.put(name, tensor.copy()));
        }
        return after;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "nesterov", "adagrad", "rmsprop-centered", "adam", "adamw", "muon"})
    void together(String optimizer) {
        StepGraph joined = graph(optimizer, name -> true);
        Map<String, Tensor> together = train(joined);
        Map<String, Tensor> start = Weights.initial(joined.all(), 6);
        for (String name : SHAPES.keySet()) {
            assertThat(Golden.in(together, name).bytes())
                    .as(name)
                    .isEqualTo(Golden.in(train(graph(optimizer, name::equals)), name)
                            .bytes())
                    .isNotEqualTo(Golden.in(start, name).bytes());
        }
    }

    @Test
    void onlySeveralSmallOnesAreJoined() {
        String optimizer = "adam";
        assertThat(graph(optimizer, name -> true).all().keySet())
                .contains("small_parameters.exp_avg", "large.exp_avg")
                .doesNotContain("bias.exp_avg");
        assertThat(graph(optimizer, Set.of("bias", "scale", "large")::contains)
                        .all()
                        .keySet())
                .contains("bias.exp_avg", "scale.exp_avg", "large.exp_avg")
                .doesNotContain("small_parameters.exp_avg");
    }

    @Test
    void whatAnOptimizerNeedsWholeIsNotJoined() {
        assertThat(graph("muon", name -> true).all().keySet())
                .contains("matrix.momentum", "kernel.momentum", "deep.momentum", "large.momentum")
                .contains("bias.exp_avg", "scale.exp_avg")
                .noneMatch(name -> name.startsWith(ParameterGroup.SMALL));
    }
}

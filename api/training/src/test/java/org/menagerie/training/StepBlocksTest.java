package org.menagerie.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.training.optimizer.Adam;

/** Several steps in one run against the same steps one by one. */
final class StepBlocksTest {
    private static final int STEPS = 11;

    private final StepGraph training = StepGraph.of(
            SmallNetwork.objective(0.3), StepGraph.Settings.of(Adam.adamW()).withClipping(new Clipping.ByNorm(1)));

    private record Result(List<Map<String, Double>> metrics, Map<String, Tensor> state) {}

    private Result run(int stepsPerRun) {
        List<Map<String, Double>> metrics = new ArrayList<>();
        try (StepRunner runner = new StepRunner(training, Weights.initial(training.all(), 5), Golden.OPTIONS, 5);
                StepBlocks blocks = new StepBlocks(training, runner, stepsPerRun, Golden.OPTIONS)) {
            for (int step = 1; step <= STEPS; step++) {
                blocks.add(step, 0.01 / step, batch(step));
                blocks.done().forEach(done -> metrics.add(done.metrics()));
            }
            blocks.flush().forEach(done -> metrics.add(done.metrics()));
            Map<String, Tensor> state = new java.util.LinkedHashMap<>();
            runner.state().forEach((name, tensor) -> state.put(name, tensor.copy()));
            return new Result(metrics, state);
        }
    }

    private static Map<String, Tensor> batch(long step) {
        SplittableRandom random = new SplittableRandom(step);
        Tensor image = Tensor.allocate(ElementType.FLOAT32, 16, 1, 28, 28);
        Tensor label = Tensor.allocate(ElementType.INT64, 16);
        for (int i = 0; i < image.size(); i++) {
            image.floats().put(i, (float) random.nextGaussian());
        }
        for (int i = 0; i < label.size(); i++) {
            label.longs().put(i, random.nextInt(10));
        }
        return Map.of("image", image, "label", label);
    }

    /** Blocks that divide the steps, that leave a rest, and one that is never full. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 11, 12})
    void bitsAreThoseOfSingleSteps(int stepsPerRun) {
        Result single = run(1);
        Result blocks = run(stepsPerRun);
        assertThat(single.metrics()).hasSize(STEPS);
        assertThat(blocks.metrics()).isEqualTo(single.metrics());
        assertThat(blocks.state().keySet()).isEqualTo(single.state().keySet());
        single.state()
                .forEach((name, tensor) -> assertThat(
                                Golden.in(blocks.state(), name).bytes())
                        .as(name)
                        .isEqualTo(tensor.bytes()));
        assertThat(Golden.in(single.state(), "norm.running_mean").toFloatArray())
                .isNotEqualTo(new float[32]);
    }

    @Test
    void batchesOfABlockHaveOneShape() {
        try (StepRunner runner = new StepRunner(training, Weights.initial(training.all(), 5), Golden.OPTIONS, 5);
                StepBlocks blocks = new StepBlocks(training, runner, 3, Golden.OPTIONS)) {
            blocks.add(1, 0.01, batch(1));
            Map<String, Tensor> small = Map.of(
                    "image", Tensor.allocate(ElementType.FLOAT32, 2, 1, 28, 28),
                    "label", Tensor.allocate(ElementType.INT64, 2));
            assertThatThrownBy(() -> blocks.add(2, 0.01, small)).hasMessageContaining("batches of one shape");
        }
    }
}

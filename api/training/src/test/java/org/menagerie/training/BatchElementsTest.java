package org.menagerie.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.optimizer.Sgd;

/** Batch normalisation over one element a channel is refused: PyTorch refuses it too. */
class BatchElementsTest {
    private static Map<String, Tensor> batch(int examples) {
        return Map.of(
                "image", Tensor.allocate(ElementType.FLOAT32, examples, 1, 28, 28),
                "label", Tensor.allocate(ElementType.INT64, examples));
    }

    @Test
    void aBatchOfOneIsRefusedByNameAndTwoAreNot() {
        StepGraph training = StepGraph.of(SmallNetwork.objective(0), StepGraph.Settings.of(Sgd.plain()));
        try (StepRunner runner = new StepRunner(training, Weights.initial(training.all(), 1), Golden.OPTIONS, 1)) {
            assertThatThrownBy(() -> runner.step(1, 0.1, batch(1)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("'norm.weight'")
                    .hasMessageContaining("batch size");
            runner.step(1, 0.1, batch(2));
            assertThat(Objects.requireNonNull(runner.state().get("norm.running_var"))
                            .toFloatArray())
                    .doesNotContain(Float.NaN);
        }
    }

    @Test
    void placesOfAMapCountAsElements() {
        Objective objective = g -> {
            Value image = g.input("image", "f32[N,1,28,28]");
            g.input("label", "i64[N]");
            return g.mean(g.square(g.batchNorm("norm", image)));
        };
        StepGraph training = StepGraph.of(objective, StepGraph.Settings.of(Sgd.plain()));
        try (StepRunner runner = new StepRunner(training, Weights.initial(training.all(), 1), Golden.OPTIONS, 1)) {
            assertThat(runner.step(1, 0.1, batch(1))).containsKey("loss");
        }
    }

    @Test
    void aFixedShapeIsRefusedWhenTheGraphIsBuilt() {
        GraphBuilder g = new GraphBuilder("fixed", Mode.TRAINING);

        assertThatThrownBy(() -> g.batchNorm("norm", g.input("x", "f32[1,4]")))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("one element a channel");
        GraphBuilder inference = new GraphBuilder("fixed", Mode.INFERENCE);
        assertThat(inference.batchNorm("norm", inference.input("x", "f32[1,4]")).type())
                .hasToString("f32[1,4]");
    }
}

package org.menagerie.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.training.optimizer.Sgd;

/** Twenty steps of clipped gradient descent beside PyTorch's {@code clip_grad_value_} and {@code clip_grad_norm_}. */
final class ClippingTest {
    private static final Map<String, Clipping> CLIPPINGS =
            Map.of("none", new Clipping.None(), "value", new Clipping.ByValue(0.02), "norm", new Clipping.ByNorm(0.1));

    @ParameterizedTest
    @ValueSource(strings = {"none", "value", "norm"})
    void clipsAsPyTorchDoes(String name) {
        String path = "clippings/" + name;
        float[] losses = Golden.numbers(path + "/losses");
        float[] norms = Golden.numbers(path + "/norms");
        StepGraph training = StepGraph.of(
                Golden.objective(), StepGraph.Settings.of(Sgd.plain()).withClipping(Golden.in(CLIPPINGS, name)));
        try (StepRunner runner = new StepRunner(training, Golden.start(training), Golden.OPTIONS, 1)) {
            for (int i = 0; i < losses.length; i++) {
                Map<String, Double> metrics = runner.step(i + 1, 0.1, Golden.batch());
                assertThat(Golden.in(metrics, StepGraph.LOSS)).isCloseTo(losses[i], within(1e-5));
                assertThat(Golden.in(metrics, StepGraph.GRADIENT_NORM))
                        .as("norm before clipping")
                        .isCloseTo(norms[i], within(1e-5));
            }
            assertThat(Golden.in(runner.state(), "weight").toFloatArray())
                    .containsExactly(Golden.numbers(path + "/weight"), within(1e-5f));
            assertThat(Golden.in(runner.state(), "bias").toFloatArray())
                    .containsExactly(Golden.numbers(path + "/bias"), within(1e-5f));
        }
    }

    @Test
    void theGoldenStepsReallyClip() {
        assertThat(Golden.numbers("clippings/none/norms")[0]).isGreaterThan(0.3f);
        assertThat(Golden.numbers("clippings/norm/losses")[19])
                .isGreaterThan(Golden.numbers("clippings/none/losses")[19] + 0.01f);
        assertThat(Golden.numbers("clippings/value/losses")[19])
                .isGreaterThan(Golden.numbers("clippings/none/losses")[19] + 0.01f);
    }

    @Test
    void limitsArePositive() {
        assertThatThrownBy(() -> new Clipping.ByNorm(0)).hasMessageContaining("positive limit; found 0.0");
        assertThatThrownBy(() -> new Clipping.ByValue(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}

package org.menagerie.training.optimizer;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.menagerie.training.Golden;
import org.menagerie.training.StepGraph;
import org.menagerie.training.StepRunner;

/**
 * A hundred steps of every optimizer beside PyTorch's, of Muon beside one by singular values on PyTorch, from the same
 * weights on the same data.
 */
final class PyTorchOptimizersTest {
    private record Configuration(Optimizer optimizer, double learningRate) {}

    private static final Map<String, Configuration> CONFIGURATIONS = Map.ofEntries(
            entry("sgd", new Configuration(Sgd.plain(), 0.1)),
            entry("sgd-decay", new Configuration(Sgd.plain().withWeightDecay(0.05), 0.1)),
            entry("momentum", new Configuration(Sgd.withMomentum(0.9), 0.02)),
            entry(
                    "momentum-dampened",
                    new Configuration(Sgd.withMomentum(0.9).withDampening(0.5).withWeightDecay(0.01), 0.1)),
            entry("nesterov", new Configuration(Sgd.withNesterov(0.9), 0.02)),
            entry("adagrad", new Configuration(AdaGrad.defaults(), 0.05)),
            entry("adagrad-options", new Configuration(new AdaGrad(0.02, 0.1, 1e-6, 0.01), 0.05)),
            entry("rmsprop", new Configuration(RmsProp.defaults(), 0.003)),
            entry(
                    "rmsprop-centered",
                    new Configuration(
                            RmsProp.defaults()
                                    .withCentering()
                                    .withSmoothing(0.9)
                                    .withEpsilon(1e-2),
                            0.003)),
            entry(
                    "rmsprop-momentum",
                    new Configuration(RmsProp.defaults().withMomentum(0.8).withWeightDecay(0.01), 0.001)),
            entry("rmsprop-all", new Configuration(new RmsProp(0.9, 0.8, true, 1e-2, 0), 0.001)),
            entry("adam", new Configuration(Adam.defaults(), 0.01)),
            entry("adam-options", new Configuration(new Adam(0.8, 0.95, 1e-4, 0.05, false), 0.01)),
            entry("adamw", new Configuration(Adam.adamW(), 0.01)),
            entry("muon", new Configuration(Muon.defaults(), 0.01)),
            entry("muon-options", new Configuration(new Muon(0.8, 3, 0.3), 0.01)),
            entry("adamw-options", new Configuration(new Adam(0.8, 0.95, 1e-4, 0.2, true), 0.01)));

    static Stream<String> recorded() {
        return Golden.names("optimizers").stream();
    }

    @Test
    void everyConfigurationIsRecorded() {
        assertThat(Set.copyOf(Golden.names("optimizers"))).isEqualTo(CONFIGURATIONS.keySet());
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void takesPyTorchsSteps(String name) {
        Configuration configuration = Golden.in(CONFIGURATIONS, name);
        StepGraph training = StepGraph.of(Golden.objective(), StepGraph.Settings.of(configuration.optimizer()));
        float[] losses = Golden.numbers("optimizers/" + name + "/losses");
        try (StepRunner runner = new StepRunner(training, Golden.start(training), Golden.OPTIONS, 1)) {
            for (int step = 1; step <= losses.length; step++) {
                double loss =
                        Golden.in(runner.step(step, configuration.learningRate(), Golden.batch()), StepGraph.LOSS);
                assertThat(loss).as("loss of step %d", step).isCloseTo(losses[step - 1], within(1e-5));
            }
            assertThat(losses).hasSize(100);
            assertThat(Golden.in(runner.state(), "weight").toFloatArray())
                    .containsExactly(Golden.numbers("optimizers/" + name + "/weight"), within(1e-5f));
            assertThat(Golden.in(runner.state(), "bias").toFloatArray())
                    .containsExactly(Golden.numbers("optimizers/" + name + "/bias"), within(1e-5f));
        }
    }
}

package org.menagerie.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.menagerie.spi.InvalidInputException;

final class OptimizersTest {
    @Test
    void namesGiveDefaults() {
        assertThat(Optimizers.of("sgd", null, null)).isEqualTo(Sgd.plain());
        assertThat(Optimizers.of("momentum", null, null)).isEqualTo(Sgd.withMomentum(0.9));
        assertThat(Optimizers.of("nesterov", null, null)).isEqualTo(Sgd.withNesterov(0.9));
        assertThat(Optimizers.of("adagrad", null, null)).isEqualTo(AdaGrad.defaults());
        assertThat(Optimizers.of("rmsprop", null, null)).isEqualTo(RmsProp.defaults());
        assertThat(Optimizers.of("rmsprop-centered", null, null))
                .isEqualTo(RmsProp.defaults().withCentering());
        assertThat(Optimizers.of("adam", null, null)).isEqualTo(Adam.defaults());
        assertThat(Optimizers.of("adamw", null, null)).isEqualTo(Adam.adamW());
        assertThat(Optimizers.of("muon", null, null)).isEqualTo(Muon.defaults());
        assertThat(Optimizers.of("newton", null, null)).isEqualTo(Newton.defaults());
        assertThat(Optimizers.of("newton-cg", null, null)).isEqualTo(NewtonCg.defaults());
        for (String batch : new String[] {"batch-gd", "mini-batch-gd", "stochastic-gd"}) {
            assertThat(Optimizers.of(batch, null, null)).isEqualTo(Sgd.plain());
        }
        assertThat(Optimizers.names()).hasSize(14);
    }

    @Test
    void numbersReplaceDefaults() {
        assertThat(Optimizers.of("sgd", 0.8, 1e-4)).isEqualTo(new Sgd(0.8, 0, false, 1e-4));
        assertThat(Optimizers.of("adamw", null, 0.3)).isEqualTo(Adam.adamW().withWeightDecay(0.3));
        assertThat(Optimizers.of("muon", 0.9, 0.0)).isEqualTo(new Muon(0.9, 5, 0));
        assertThat(Optimizers.of("adam", Map.of("beta1", 0.5, "epsilon", 1e-6)))
                .isEqualTo(new Adam(0.5, 0.999, 1e-6, 0, false));
        assertThat(Optimizers.of("rmsprop", Map.of("smoothing", 0.9, "momentum", 0.5)))
                .isEqualTo(RmsProp.defaults().withSmoothing(0.9).withMomentum(0.5));
        assertThat(Optimizers.of("newton", Map.of("damping", 0.1, "limit", 9.0)))
                .isEqualTo(Newton.defaults().withDamping(0.1).withLimit(9));
        assertThat(Optimizers.of("newton-cg", Map.of("iterations", 7.0, "contraction", 0.3)))
                .isEqualTo(new NewtonCg(7, new LineSearch(1e-4, 0.3, 30)));
        assertThat(Optimizers.of("adagrad", Map.of("rateDecay", 0.1, "start", 1.0)))
                .isEqualTo(AdaGrad.defaults().withRateDecay(0.1).withStart(1));
    }

    @Test
    void whatDoesNotExistIsNamedWithTheAlternatives() {
        assertThatThrownBy(() -> Optimizers.of("adan", null, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Unknown optimizer 'adan'; available are adagrad, adam, adamw, batch-gd, mini-batch-gd,"
                                + " momentum, muon, nesterov, newton, newton-cg, rmsprop, rmsprop-centered, sgd, stochastic-gd");
        assertThatThrownBy(() -> Optimizers.of("adam", 0.9, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Optimizer 'adam' has no 'momentum'; it has beta1, beta2, epsilon, weightDecay");
        assertThatThrownBy(() -> Optimizers.of("nesterov", 1.0, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Optimizer 'nesterov': A momentum is in [0, 1); found 1.0");
        assertThatThrownBy(() -> Optimizers.of("nesterov", 0.0, null)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> Optimizers.of("muon", Map.of("iterations", 0.0)))
                .hasMessageContaining("at least once");
        assertThatThrownBy(() -> Optimizers.of("sgd", null, -1.0)).hasMessageContaining("weight decay");
        assertThatThrownBy(() -> Optimizers.of("adam", Map.of("epsilon", Double.NaN)))
                .hasMessageContaining("epsilon is positive");
    }
}

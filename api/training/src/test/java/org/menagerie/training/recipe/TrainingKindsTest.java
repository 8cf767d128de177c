package org.menagerie.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.settings.ComponentText;
import org.menagerie.training.data.Cutout;
import org.menagerie.training.data.HorizontalFlip;
import org.menagerie.training.data.RandomCrop;
import org.menagerie.training.optimizer.AdaGrad;
import org.menagerie.training.optimizer.Adam;
import org.menagerie.training.optimizer.LineSearch;
import org.menagerie.training.optimizer.Muon;
import org.menagerie.training.optimizer.Newton;
import org.menagerie.training.optimizer.NewtonCg;
import org.menagerie.training.optimizer.Optimizer;
import org.menagerie.training.optimizer.RmsProp;
import org.menagerie.training.optimizer.Sgd;

class TrainingKindsTest {
    private static final TrainingKinds KINDS = TrainingKinds.standard();

    @Test
    void namesGiveDefaults() {
        Map<String, Optimizer> expected = Map.ofEntries(
                Map.entry("sgd", Sgd.plain()),
                Map.entry("batch-gd", Sgd.plain()),
                Map.entry("mini-batch-gd", Sgd.plain()),
                Map.entry("stochastic-gd", Sgd.plain()),
                Map.entry("momentum", Sgd.withMomentum(0.9)),
                Map.entry("nesterov", Sgd.withNesterov(0.9)),
                Map.entry("adagrad", AdaGrad.defaults()),
                Map.entry("rmsprop", RmsProp.defaults()),
                Map.entry("rmsprop-centered", RmsProp.defaults().withCentering()),
                Map.entry("adam", Adam.defaults()),
                Map.entry("adamw", Adam.adamW()),
                Map.entry("muon", Muon.defaults()),
                Map.entry("newton", Newton.defaults()),
                Map.entry("newton-cg", NewtonCg.defaults()));
        assertThat(KINDS.optimizers()).containsOnlyKeys(expected.keySet());
        expected.forEach(
                (name, optimizer) -> assertThat(KINDS.optimizer(name)).as(name).isEqualTo(optimizer));
    }

    @Test
    void settingsReplaceDefaults() {
        assertThat(KINDS.optimizer("adam:beta1=.5,epsilon=1e-6")).isEqualTo(new Adam(0.5, 0.999, 1e-6, 0, false));
        assertThat(KINDS.optimizer("sgd:momentum=.8,nesterov=true")).isEqualTo(Sgd.withNesterov(0.8));
        assertThat(KINDS.optimizer("muon:iterations=3")).isEqualTo(new Muon(0.95, 3, 0.1));
        assertThat(KINDS.optimizer("rmsprop:smoothing=.9,momentum=.5,centered=true"))
                .isEqualTo(new RmsProp(0.9, 0.5, true, 1e-8, 0));
        assertThat(KINDS.optimizer("newton:damping=.1,limit=9,trials=7"))
                .isEqualTo(new Newton(0.1, 9, new LineSearch(1e-4, 0.5, 7)));
        assertThat(KINDS.optimizer("newton-cg:iterations=7,contraction=.3"))
                .isEqualTo(new NewtonCg(7, new LineSearch(1e-4, 0.3, 30)));
        assertThat(KINDS.optimizer("adagrad:rateDecay=.1,start=1")).isEqualTo(new AdaGrad(0.1, 1, 1e-10, 0));
        assertThat(KINDS.transform(ComponentText.parse("x", "crop:padding=4,fill=.5")))
                .isEqualTo(new RandomCrop("image", 4, 0.5f));
        assertThat(KINDS.transform(ComponentText.parse("x", "cutout:size=6"))).isEqualTo(new Cutout(6));
        assertThat(KINDS.transform(ComponentText.parse("x", "flip:probability=1")))
                .isEqualTo(new HorizontalFlip("image", 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adan | Unknown optimizer 'adan' (did you mean 'adam'?); available are adagrad, adam, adamw, batch-gd, mini-batch-gd, momentum, muon, nesterov, newton, newton-cg, rmsprop, rmsprop-centered, sgd, stochastic-gd",
                "adam:momentum=.9 | Optimizer adam: unknown field 'momentum'; expected beta1, beta2, decoupled, epsilon, weightDecay",
                "nesterov:momentum=1 | Optimizer nesterov: A momentum is in [0, 1); found 1.0",
                "muon:iterations=0 | Optimizer muon: Muon iterates at least once; found 0",
                "sgd:weightDecay=-1 | Optimizer sgd: A weight decay is not negative; found -1.0",
                "newton-cg:trials=0 | Optimizer newton-cg: A line search tries at least one length; found 0",
            })
    void wrongOnesAreNamedWithTheAlternatives(String text, String message) {
        assertThatThrownBy(() -> KINDS.optimizer(text))
                .isInstanceOf(ZooException.class)
                .hasMessage(message);
    }
}

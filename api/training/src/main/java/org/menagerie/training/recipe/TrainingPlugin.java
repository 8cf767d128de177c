package org.menagerie.training.recipe;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import org.menagerie.graph.gradient.Rule;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;
import org.menagerie.training.data.Cutout;
import org.menagerie.training.data.HorizontalFlip;
import org.menagerie.training.data.RandomCrop;
import org.menagerie.training.data.TransformKind;
import org.menagerie.training.optimizer.AdaGrad;
import org.menagerie.training.optimizer.Adam;
import org.menagerie.training.optimizer.BatchRule;
import org.menagerie.training.optimizer.Muon;
import org.menagerie.training.optimizer.NewtonCgSettings;
import org.menagerie.training.optimizer.NewtonSettings;
import org.menagerie.training.optimizer.OptimizerKind;
import org.menagerie.training.optimizer.RmsProp;
import org.menagerie.training.optimizer.Sgd;
import org.menagerie.training.schedule.ConstantRate;
import org.menagerie.training.schedule.Cosine;
import org.menagerie.training.schedule.InverseSquareRoot;
import org.menagerie.training.schedule.Linear;
import org.menagerie.training.schedule.ScheduleKind;
import org.menagerie.training.schedule.Staircase;

/** The optimizers, schedules and augmentations that come with training. */
public final class TrainingPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("training", "Optimizers, schedules and augmentations");
    }

    @Override
    protected void configure() {
        MapBinder.newMapBinder(binder(), String.class, Rule.class); // exists even if no plugin brings one
        PluginBinder kinds = PluginBinder.on(binder());
        optimizers(kinds);
        kinds.bind(ScheduleKind.class, "constant").toInstance(ScheduleKind.of(new ConstantRate()));
        kinds.bind(ScheduleKind.class, "cosine").toInstance(ScheduleKind.of(new Cosine(0)));
        kinds.bind(ScheduleKind.class, "inverse-sqrt").toInstance(ScheduleKind.of(new InverseSquareRoot(4_000)));
        kinds.bind(ScheduleKind.class, "linear").toInstance(ScheduleKind.of(new Linear(0)));
        kinds.bind(ScheduleKind.class, "step").toInstance(ScheduleKind.of(Staircase.defaults()));
        kinds.bind(TransformKind.class, "flip").toInstance(TransformKind.of(new HorizontalFlip()));
        kinds.bind(TransformKind.class, "crop").toInstance(TransformKind.of(new RandomCrop(2)));
        kinds.bind(TransformKind.class, "cutout").toInstance(TransformKind.of(new Cutout(8)));
    }

    private static void optimizers(PluginBinder kinds) {
        OptimizerKind<Sgd> sgd = OptimizerKind.of(Sgd.plain());
        BatchRule all = BatchRule.of(BatchRule.ALL);
        optimizer(kinds, "sgd", sgd);
        optimizer(kinds, "batch-gd", sgd.withBatch(BatchRule.only(BatchRule.ALL)));
        optimizer(kinds, "mini-batch-gd", sgd);
        optimizer(kinds, "stochastic-gd", sgd.withBatch(BatchRule.only(1)));
        optimizer(kinds, "momentum", OptimizerKind.of(Sgd.withMomentum(Sgd.USUAL_MOMENTUM)));
        optimizer(kinds, "nesterov", OptimizerKind.of(Sgd.withNesterov(Sgd.USUAL_MOMENTUM)));
        optimizer(kinds, "adagrad", OptimizerKind.of(AdaGrad.defaults()));
        optimizer(kinds, "rmsprop", OptimizerKind.of(RmsProp.defaults()));
        optimizer(kinds, "rmsprop-centered", OptimizerKind.of(RmsProp.defaults().withCentering()));
        optimizer(kinds, "adam", OptimizerKind.of(Adam.defaults()));
        optimizer(kinds, "adamw", OptimizerKind.of(Adam.adamW()));
        optimizer(kinds, "muon", OptimizerKind.of(Muon.defaults()));
        optimizer(
                kinds,
                "newton",
                new OptimizerKind<>(NewtonSettings.defaults(), NewtonSettings::optimizer, all, "constant"));
        optimizer(
                kinds,
                "newton-cg",
                new OptimizerKind<>(NewtonCgSettings.defaults(), NewtonCgSettings::optimizer, all, "constant"));
    }

    private static void optimizer(PluginBinder kinds, String name, OptimizerKind<?> kind) {
        kinds.bind(OptimizerKind.class, name).toInstance(kind);
    }
}

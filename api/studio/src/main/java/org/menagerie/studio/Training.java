package org.menagerie.studio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.ZooException;
import org.menagerie.training.Saving;
import org.menagerie.training.data.Splits;
import org.menagerie.training.recipe.Plan;
import org.menagerie.training.recipe.Recipe;
import org.menagerie.training.recipe.Subject;
import org.menagerie.training.recipe.TrainingKinds;
import org.menagerie.training.recipe.TrainingRun;

/**
 * One training, however its network came to be.
 *
 * @param zoo whose plugins measure epochs
 * @param origin what the network is made from, for the card
 */
record Training(
        Zoo zoo, Subject subject, TrainedCard.Origin origin, Recipe recipe, Plan plan, Splits splits, RunSettings run) {
    /** An architecture from scratch, or a card's recipe again. */
    static Training of(Zoo zoo, TrainOptions options, StudioListener listener) {
        NamedArchitecture named = NamedArchitecture.find(zoo, options.name());
        requireFolder(options.run(), options.name());
        TrainingKinds kinds = TrainingKinds.of(zoo::components);
        named.recipe().plan(kinds); // a fault of the card is not one of the options
        Recipe recipe = checked(() -> named.recipe().with(options.recipe()));
        Plan plan = checked(() -> recipe.plan(kinds));
        Splits data = HubDatasets.of(zoo, listener::remarked).open(HubDatasets.named(zoo, options.name(), recipe));
        NamedArchitecture fitted =
                named.configured(options.config(), data.train().info());
        Subject subject = UnfitOptionException.checked("config", fitted::subject);
        Splits splits = checked(() -> PreparedData.of(zoo, subject, data));
        return new Training(
                zoo,
                subject,
                new TrainedCard.Origin.Stated(named.architecture(), fitted.config()),
                recipe,
                plan,
                splits,
                options.run());
    }

    /** Refuses a folder that the run must not have, before any data is read. */
    static void requireFolder(RunSettings run, String name) {
        UnfitOptionException.checked("run", () -> run.wanted(name).path());
    }

    /** Trains, measures and exports. */
    Trained execute(StudioListener listener) {
        new CardComponents(subject.task(), splits.test().info()).require(zoo, subject.name());
        TrainingRun training = new TrainingRun(subject, plan, run.session(), EpochMetric.of(this));
        checked(() -> {
            training.requireFit(splits);
            return splits;
        });
        try (RunFolder folder = RunFolder.open(run.wanted(subject.name()))) {
            boolean resumed = run.earlier() == RunSettings.Earlier.RESUME;
            listener.runStarted(folder.path(), resumed, training.stepsPerEpoch(splits), training.batchSize(splits));
            Saving saving = new Saving(run.checkpointEvery(), listener::wantsStop);
            TrainingRun.Result result = training.execute(splits, folder.path(), resumed, saving, listener);
            return trained(folder.path(), result);
        } catch (IOException e) {
            throw new ZooException("The run's folder cannot be written: " + e.getMessage(), e);
        }
    }

    /** The model that a result is, in the folder of its networks. */
    Trained trained(Path folder, TrainingRun.Result result) {
        return new Trained(subject.name(), folder, origin, subject.task(), recipe, result, splits);
    }

    private static <T> T checked(Supplier<T> reading) {
        return UnfitOptionException.checked("", reading);
    }
}

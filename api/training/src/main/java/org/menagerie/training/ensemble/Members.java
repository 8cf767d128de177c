package org.menagerie.training.ensemble;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Trainer;
import org.menagerie.training.TrainingListener;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.Splits;
import org.menagerie.training.data.Subset;

/**
 * Trains the members of an ensemble one after the other, each in a folder {@code member_k} of its own, so that a cut
 * training goes on with the member where it stopped.
 */
public final class Members {
    private Members() {}

    /** What makes members differ. */
    public enum Differ {
        /** Initial weights and order only, each from its own seed (Lakshminarayanan 2017). */
        BY_SEED,
        /** The examples too: as many as there are, drawn with replacement (bagging; Breiman 1996). */
        BY_BOOTSTRAP
    }

    /** Trains one member. */
    @FunctionalInterface
    public interface Training {
        /** The best weights. */
        Map<String, Tensor> train(long seed, Splits splits, Trainer.Storage storage, TrainingListener listener);
    }

    /**
     * Trains members.
     *
     * @param seed of the first member; the others' follow it
     * @return the best weights of each
     */
    public static List<Map<String, Tensor>> train(
            int count,
            Differ differ,
            Training training,
            Splits splits,
            Trainer.Storage storage,
            long seed,
            TrainingListener listener) {
        List<Map<String, Tensor>> weights = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            Dataset examples = differ == Differ.BY_SEED ? splits.train() : Subset.bootstrap(splits.train(), seed, k);
            Trainer.Storage own = new Trainer.Storage(
                    storage.folder().resolve("member_" + k),
                    storage.resume(),
                    identity(storage, k, differ),
                    storage.saving());
            listener.memberStarted(k + 1, count);
            weights.add(
                    training.train(seed + k, new Splits(examples, splits.validation(), splits.test()), own, listener));
        }
        return weights;
    }

    private static Map<String, String> identity(Trainer.Storage storage, int member, Differ differ) {
        Map<String, String> identity = new HashMap<>(storage.identity());
        identity.put("member", "%d %s".formatted(member, differ));
        return identity;
    }
}

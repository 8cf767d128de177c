package org.menagerie.hub;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.ZooException;

/** Times the stages of one prediction, and names the model and the stage where one of them fails unforeseen. */
final class StageClock {
    private static final double NANOS = 1e6;

    private final ModelCard card;
    private final List<Integer> batches = new ArrayList<>();
    private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);

    /** The stages of a one-network model. */
    enum Stage {
        PREPARE("preprocessor"),
        RUN("network"),
        DECODE("decoder");

        private final String component;

        Stage(String component) {
            this.component = component;
        }
    }

    StageClock(ModelCard card) {
        this.card = card;
    }

    /** Another batch begins. */
    void batch(int inputs) {
        batches.add(inputs);
    }

    <T> T time(Stage stage, Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } catch (ZooException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failure(card, "its " + stage.component, e);
        } finally {
            nanos.merge(stage, System.nanoTime() - start, Long::sum);
        }
    }

    /** A failure that the component did not foresee. */
    static ZooException failure(ModelCard card, String where, RuntimeException cause) {
        return new ZooException(
                "Model %s failed in %s (%s); this is a fault of the model's plugin"
                        .formatted(card.name(), where, cause),
                cause);
    }

    List<Integer> batches() {
        return batches;
    }

    Prediction.Stages stages() {
        return new Prediction.Stages(millis(Stage.PREPARE), millis(Stage.RUN), millis(Stage.DECODE));
    }

    private double millis(Stage stage) {
        return nanos.getOrDefault(stage, 0L) / NANOS;
    }
}

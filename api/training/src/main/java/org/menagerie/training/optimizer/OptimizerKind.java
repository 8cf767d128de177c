package org.menagerie.training.optimizer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.menagerie.spi.DefaultedKind;

/**
 * An optimizer that recipes can name. A plugin binds one with {@code PluginBinder.on(binder()).bind(OptimizerKind.class,
 * "adam")}.
 *
 * @param defaults the settings where a recipe states none; the components of this record are the allowed fields
 * @param create makes the optimizer from its settings
 * @param batch the number of examples per step
 * @param schedule the name of the schedule that the learning rate follows unless a recipe states another
 */
public record OptimizerKind<S extends Record>(
        S defaults, Function<S, Optimizer> create, BatchRule batch, String schedule)
        implements DefaultedKind<S, Optimizer> {
    private static final BatchRule USUAL_BATCH = BatchRule.of(64);

    /** An optimizer that steps on 64 examples with a rate that falls along a cosine. */
    public OptimizerKind(S defaults, Function<S, Optimizer> create) {
        this(defaults, create, USUAL_BATCH, "cosine");
    }

    /** The kind of an optimizer whose own components are its settings. */
    public static <S extends Record & Optimizer> OptimizerKind<S> of(S defaults) {
        return new OptimizerKind<>(defaults, settings -> settings);
    }

    public OptimizerKind<S> withBatch(BatchRule other) {
        return new OptimizerKind<>(defaults, create, other, schedule);
    }

    public OptimizerKind<S> withSchedule(String other) {
        return new OptimizerKind<>(defaults, create, batch, other);
    }

    @Override
    public Map<String, String> traits() {
        Map<String, String> traits = new LinkedHashMap<>();
        traits.put("learning rate", Double.toString(create.apply(defaults).defaultLearningRate()));
        traits.put("batch", batch.fixed() ? "only " + batch : batch.toString());
        traits.put("schedule", schedule);
        return traits;
    }
}

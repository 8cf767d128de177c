package org.menagerie.training.schedule;

import java.util.function.Function;
import org.menagerie.spi.Configurable;
import org.menagerie.spi.Settings;

/**
 * A schedule of the learning rate that recipes can name. A plugin binds one with {@code
 * PluginBinder.on(binder()).bind(ScheduleKind.class, "cosine")}.
 *
 * @param defaults the settings where a recipe states none; the components of this record are the allowed fields
 * @param create makes the schedule from its settings
 */
public record ScheduleKind<S extends Record>(S defaults, Function<S, Schedule> create) implements Configurable {
    /** The kind of a schedule whose own components are its settings. */
    public static <S extends Record & Schedule> ScheduleKind<S> of(S defaults) {
        return new ScheduleKind<>(defaults, settings -> settings);
    }

    /**
     * The schedule with some settings in place of the defaults.
     *
     * @throws org.menagerie.spi.ZooException if a setting is unknown or out of range
     */
    public Schedule create(Settings settings) {
        return create.apply(settings.over(defaults));
    }

    @Override
    @SuppressWarnings("unchecked") // the class of a record is final
    public Class<S> settings() {
        return (Class<S>) defaults.getClass();
    }
}

package org.menagerie.training.schedule;

import java.util.function.Function;
import org.menagerie.spi.DefaultedKind;

/**
 * A schedule of the learning rate that recipes can name. A plugin binds one with {@code
 * PluginBinder.on(binder()).bind(ScheduleKind.class, "cosine")}.
 *
 * @param defaults the settings where a recipe states none; the components of this record are the allowed fields
 * @param create makes the schedule from its settings
 */
public record ScheduleKind<S extends Record>(S defaults, Function<S, Schedule> create)
        implements DefaultedKind<S, Schedule> {
    /** The kind of a schedule whose own components are its settings. */
    public static <S extends Record & Schedule> ScheduleKind<S> of(S defaults) {
        return new ScheduleKind<>(defaults, settings -> settings);
    }
}

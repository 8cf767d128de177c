package org.menagerie.spi;

import java.util.function.Function;

/**
 * A kind whose settings all have defaults: its component can be made from a name alone. A record with components {@code
 * defaults} and {@code create} implements it as it stands.
 *
 * @param <S> the record of settings; its components are the allowed fields
 * @param <T> what the kind makes
 */
public interface DefaultedKind<S extends Record, T> extends Configurable {
    @Override
    S defaults();

    /** Makes the component from its settings. */
    Function<S, T> create();

    /**
     * Makes the component with some settings in place of the defaults.
     *
     * @throws ZooException if a setting is unknown or out of range
     */
    default T create(Settings settings) {
        return create().apply(settings.over(defaults()));
    }

    @Override
    @SuppressWarnings("unchecked") // the class of a record is final
    default Class<S> settings() {
        return (Class<S>) defaults().getClass();
    }
}

package org.menagerie.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A component that cards, recipes or options name, and that has a record of settings. Help texts, errors, shell completion and
 * {@code zoo kinds} list the components of this record.
 */
public interface Configurable {
    /** The record that settings are read into. */
    Class<? extends Record> settings();

    /** The record with all defaults; null if some settings must be given. */
    default @Nullable Record defaults() {
        return null;
    }

    /** Facts that a listing shows beside the settings, for example a learning rate; empty where there are none. */
    default Map<String, String> traits() {
        return Map.of();
    }
}

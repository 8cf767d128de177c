package org.menagerie.spi;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The settings that a card, an option or a program gives a component. They are read into the component's own record, so that
 * a typo is an error that names its origin and the alternatives.
 */
public interface Settings {
    /**
     * The settings as a record.
     *
     * @throws ZooException if a field is unknown, missing or of another type
     */
    <R extends Record> R as(Class<R> type);

    /**
     * A record with defaults, in which the given settings replace components.
     *
     * @throws ZooException if a field is unknown or of another type
     */
    <R extends Record> R over(R defaults);

    /** The settings without a field. Errors name the same origin and lines. */
    Settings without(String field);

    /** An error about these settings, which names where they come from if that is a card. */
    default ZooException error(String problem) {
        return new InvalidInputException(problem);
    }

    /** The settings as a tree, for display and provenance. */
    JsonNode tree();
}

package org.menagerie.spi;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The settings that a card gives a component, read into the component's own record so that a typo is an error that
 * names card, line and alternatives.
 */
public interface Settings {
    /**
     * The settings as a record.
     *
     * @throws CardException if a field is unknown, missing or of another type
     */
    <R extends Record> R as(Class<R> type);

    /** The settings as a tree, for display and provenance. */
    JsonNode tree();
}

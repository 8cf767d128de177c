package org.menagerie.hub.catalog;

import java.util.List;

/**
 * A named set of cards.
 *
 * @param name lower-case; the prefix of its models' names
 * @param location where a person finds it
 * @param cards its cards, in no particular order
 * @param problems what could not be read, a sentence each
 */
public record Catalog(String name, String location, List<CardFile> cards, List<String> problems) {
    public Catalog {
        cards = List.copyOf(cards);
        problems = List.copyOf(problems);
    }
}

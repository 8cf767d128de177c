package org.menagerie.hub.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.menagerie.spi.Settings;

/** Settings from a card's block of fields; errors name the card and the line. */
public final class CardSettings implements Settings {
    private final CardNode node;
    private final List<String> ignored;

    CardSettings(CardNode node, List<String> ignored) {
        this.node = node;
        this.ignored = ignored;
        node.fields();
    }

    /**
     * Settings from a tree that came from elsewhere than a card, such as a command line.
     *
     * @param origin what errors call it
     */
    public static Settings of(String origin, ObjectNode tree) {
        return new CardSettings(new CardNode(origin, tree, "", Map.of()), List.of());
    }

    @Override
    public <R extends Record> R as(Class<R> type) {
        return RecordBinder.bind(node, type, ignored);
    }

    @Override
    public JsonNode tree() {
        return ((ObjectNode) node.value().deepCopy()).remove(ignored);
    }

    @Override
    public String toString() {
        return tree().toString();
    }
}

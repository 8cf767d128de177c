package org.menagerie.hub.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.menagerie.spi.CardException;

/**
 * A value in a card that knows its path and line, so that every complaint can name them.
 *
 * @param origin what errors call the card
 * @param value the value
 * @param path where it stands, for example {@code menagerie.artifacts.model.size}; empty for the root
 * @param lines the line of every path; none of what stands in no card, and {@code origin} then says what it is
 */
record CardNode(String origin, JsonNode value, String path, Map<String, Integer> lines) {
    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The field, if it is there and not null. */
    Optional<CardNode> optional(String field) {
        requireObject();
        JsonNode child = value.get(field);
        return child == null || child.isNull() ? Optional.empty() : Optional.of(child(field, child));
    }

    CardNode required(String field) {
        return optional(field).orElseThrow(() -> error("field '%s' is missing".formatted(join(path, field))));
    }

    /** Fails if there is a field that is not one of these. */
    CardNode allow(Collection<String> fields) {
        requireObject();
        value.fieldNames().forEachRemaining(name -> {
            if (!fields.contains(name)) {
                String child = join(path, name);
                throw error(
                        child,
                        "unknown field '%s'%s; expected %s"
                                .formatted(child, Suggestions.didYouMean(name, fields), oneOf(fields)));
            }
        });
        return this;
    }

    CardNode allow(String... fields) {
        return allow(List.of(fields));
    }

    /** All fields in their order. */
    Map<String, CardNode> fields() {
        requireObject();
        Map<String, CardNode> children = new LinkedHashMap<>();
        value.properties().forEach(e -> children.put(e.getKey(), child(e.getKey(), e.getValue())));
        return children;
    }

    List<CardNode> items() {
        if (!value.isArray()) {
            throw wrong("a list");
        }
        List<CardNode> items = new ArrayList<>();
        for (JsonNode item : value) {
            items.add(new CardNode(origin, item, path + "[" + items.size() + "]", lines));
        }
        return items;
    }

    String text() {
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw wrong("a text");
        }
        return value.textValue();
    }

    /** A text or a whole number; what YAML takes for a truth value, such as {@code no}, must be quoted. */
    String label() {
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw wrong("a text");
        }
        return value.asText();
    }

    /** Fails unless the text has a form. */
    CardNode matching(Pattern form, String expected) {
        if (!form.matcher(text()).matches()) {
            throw wrong(expected);
        }
        return this;
    }

    List<String> texts() {
        return items().stream().map(CardNode::text).toList();
    }

    long integer() {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong("an integer");
        }
        return value.longValue();
    }

    double number() {
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw wrong("a number");
        }
        return value.doubleValue();
    }

    boolean flag() {
        if (!value.isBoolean()) {
            throw wrong("true or false");
        }
        return value.booleanValue();
    }

    /** Says that the value is not what was expected. */
    CardException wrong(String expected) {
        return error("'%s' must be %s, found %s".formatted(path, expected, found()));
    }

    /** A complaint about this value. */
    CardException error(String problem) {
        return error(path, problem);
    }

    private CardException error(String at, String problem) {
        String place = lines.isEmpty() ? origin : "Card %s, line %d".formatted(origin, lines.getOrDefault(at, 1));
        return new CardException(place + ": " + problem);
    }

    private CardNode child(String field, JsonNode child) {
        return new CardNode(origin, child, join(path, field), lines);
    }

    private void requireObject() {
        if (!value.isObject()) {
            throw path.isEmpty() ? error("expected 'key: value' lines, found " + found()) : wrong("a block of fields");
        }
    }

    private String found() {
        if (value.isContainerNode()) {
            return value.getNodeType() == JsonNodeType.ARRAY ? "a list" : "a block of fields";
        }
        String text = value.asText();
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return "%s '%s'".formatted(value.getNodeType().name().toLowerCase(Locale.ROOT), shown);
    }

    static String oneOf(Collection<String> names) {
        return names.isEmpty() ? "no fields" : names.stream().sorted().collect(Collectors.joining(", "));
    }
}

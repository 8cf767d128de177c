package org.menagerie.spi.settings;

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
import org.menagerie.spi.SettingException;
import org.menagerie.spi.ZooException;

/**
 * A value of a card, an option or a map. It knows its origin, path and line, so that every error can name them.
 *
 * @param origin what errors call the card or the option
 * @param value the value
 * @param path the value's place, for example {@code menagerie.artifacts.model.size}; empty for the root
 * @param lines the line of every path of a card; empty for values from elsewhere, which {@code origin} then names
 */
public record SettingNode(String origin, JsonNode value, String path, Map<String, Integer> lines) {
    /** The path of a field of a block. */
    public static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The field, if it is there and not null. */
    public Optional<SettingNode> optional(String field) {
        requireObject();
        JsonNode child = value.get(field);
        return child == null || child.isNull() ? Optional.empty() : Optional.of(child(field, child));
    }

    /** The field, which must be present. */
    public SettingNode required(String field) {
        return optional(field).orElseThrow(() -> error("field '%s' is missing".formatted(join(path, field))));
    }

    /** Fails if there is a field that is not one of these. */
    public SettingNode allow(Collection<String> fields) {
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

    /** Fails if there is a field that is not one of these. */
    public SettingNode allow(String... fields) {
        return allow(List.of(fields));
    }

    /** All fields in their order. */
    public Map<String, SettingNode> fields() {
        requireObject();
        Map<String, SettingNode> children = new LinkedHashMap<>();
        value.properties().forEach(e -> children.put(e.getKey(), child(e.getKey(), e.getValue())));
        return children;
    }

    /** The elements of a list. */
    public List<SettingNode> items() {
        if (!value.isArray()) {
            throw wrong("a list");
        }
        List<SettingNode> items = new ArrayList<>();
        for (JsonNode item : value) {
            items.add(new SettingNode(origin, item, path + "[" + items.size() + "]", lines));
        }
        return items;
    }

    /** A text that is not blank. */
    public String text() {
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw wrong("a text");
        }
        return value.textValue();
    }

    /** A text or a whole number; what YAML takes for a truth value, such as {@code no}, must be quoted. */
    public String label() {
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw wrong("a text");
        }
        return value.asText();
    }

    /** Fails unless the text has a form. */
    public SettingNode matching(Pattern form, String expected) {
        if (!form.matcher(text()).matches()) {
            throw wrong(expected);
        }
        return this;
    }

    /** A list of texts. */
    public List<String> texts() {
        return items().stream().map(SettingNode::text).toList();
    }

    /** An integer of at most 64 bits. */
    public long integer() {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong("an integer");
        }
        return value.longValue();
    }

    /** A finite number. */
    public double number() {
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw wrong("a number");
        }
        return value.doubleValue();
    }

    /** A truth value. */
    public boolean flag() {
        if (!value.isBoolean()) {
            throw wrong("true or false");
        }
        return value.booleanValue();
    }

    /** An error that says what was expected and what was found. */
    public ZooException wrong(String expected) {
        return error("'%s' must be %s, found %s".formatted(path, expected, found()));
    }

    /**
     * An error about this value: a {@link CardException} with the line for a value of a card, else a {@link
     * SettingException} that names the field.
     */
    public ZooException error(String problem) {
        return error(path, problem);
    }

    private ZooException error(String at, String problem) {
        return lines.isEmpty()
                ? new SettingException(at.isEmpty() ? List.of() : List.of(at), origin + ": " + problem)
                : new CardException("Card %s, line %d: %s".formatted(origin, line(at), problem));
    }

    /** The line of a path, or of the nearest block around it whose line is known. */
    private int line(String at) {
        String known = at;
        while (!lines.containsKey(known) && !known.isEmpty()) {
            known = known.substring(0, Math.max(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('['))));
        }
        return lines.getOrDefault(known, 1);
    }

    private SettingNode child(String field, JsonNode child) {
        return new SettingNode(origin, child, join(path, field), lines);
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

    /** The names in alphabetical order, for an error's list of alternatives. */
    public static String oneOf(Collection<String> names) {
        return names.isEmpty() ? "no fields" : names.stream().sorted().collect(Collectors.joining(", "));
    }
}

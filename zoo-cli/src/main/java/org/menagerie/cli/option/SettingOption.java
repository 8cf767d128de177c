package org.menagerie.cli.option;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An option that replaces a setting of a model's card.
 *
 * @param name the option, for example {@code --top-k}
 * @param settings the settings that it may stand for; the first that the model has counts
 * @param value what was given; null if the option was not given
 */
public record SettingOption(
        String name, List<String> settings, @Nullable JsonNode value) {
    public static SettingOption of(String name, @Nullable Object value, String... settings) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        JsonNode node = null;
        if (value instanceof Double number) {
            node = json.numberNode(number);
        } else if (value instanceof Number number) {
            node = json.numberNode(number.longValue());
        } else if (value instanceof Boolean flag) {
            node = json.booleanNode(flag);
        } else if (value != null) {
            node = json.textNode(value.toString());
        }
        return new SettingOption(name, List.of(settings), node);
    }

    boolean given() {
        return value != null;
    }

    /** As it was typed, for example {@code --beam 5}. */
    @Override
    public String toString() {
        return value == null || value.isBoolean() || name.startsWith("--set") ? name : name + " " + value.asText();
    }
}

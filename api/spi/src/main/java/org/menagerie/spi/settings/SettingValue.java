package org.menagerie.spi.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** Reads the values of settings as people type them in options. */
public final class SettingValue {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SettingValue() {}

    /**
     * The value that a text stands for: a number such as {@code 3}, {@code .95} or {@code 1e-7}, {@code true} or {@code
     * false}, a list such as {@code [1,2]} or {@code [a,b]}, or anything that JSON can say. Every other text stands for
     * itself.
     */
    public static JsonNode of(String text) {
        if (text.isBlank()) {
            return TextNode.valueOf(text);
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return text.startsWith("[") && text.endsWith("]") ? list(text) : TextNode.valueOf(text);
        }
    }

    private static JsonNode list(String text) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        split(text.substring(1, text.length() - 1)).forEach(item -> list.add(of(item.strip())));
        return list;
    }

    /** Splits at the commas that are not within brackets, braces or quotation marks. */
    static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            depth += quoted ? 0 : c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            if (c == ',' && depth == 0 && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}

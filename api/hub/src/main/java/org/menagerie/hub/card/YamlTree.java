package org.menagerie.hub.card;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.menagerie.spi.CardException;
import org.menagerie.spi.settings.SettingNode;

/**
 * One YAML or JSON document as a tree that remembers on which line each value stands.
 *
 * <p>Stricter than YAML where that protects readers of untrusted cards: no anchors and aliases, no repeated keys, no
 * second document, a bounded depth, and a bound on what the paths to all values take together.
 */
final class YamlTree {
    private static final int MAX_DEPTH = 24;

    /** Long names of blocks around many values would take far more memory than the text. */
    private static final int MAX_PATHS = 8_000_000;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH + 8)
            .maxNumberLength(100)
            .build();

    private static final JsonFactory YAML =
            YAMLFactory.builder().streamReadConstraints(LIMITS).build();

    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();

    private final String origin;
    private final int firstLine;
    private final Map<String, Integer> lines = new HashMap<>();
    private long paths;

    private YamlTree(String origin, int firstLine) {
        this.origin = origin;
        this.firstLine = firstLine;
    }

    /**
     * Parses a YAML document.
     *
     * @param origin what errors call it, for example {@code lenet.md}
     * @param firstLine the line of the file on which the text begins, from 1
     * @throws CardException naming the line if it is not YAML or breaks one of the restrictions
     */
    static SettingNode parse(String origin, String text, int firstLine) {
        return parse(YAML, "YAML", origin, text, firstLine);
    }

    /** Parses a JSON document, a hundred times as fast. */
    static SettingNode parseJson(String origin, String text) {
        return parse(JSON, "JSON", origin, text, 1);
    }

    private static SettingNode parse(JsonFactory format, String kind, String origin, String text, int firstLine) {
        YamlTree tree = new YamlTree(origin, firstLine);
        try (JsonParser parser = format.createParser(text)) {
            if (parser.nextToken() == null) {
                throw tree.error(firstLine, "expected 'key: value' lines, found nothing");
            }
            JsonNode root = tree.value(parser, "", 0);
            if (parser.nextToken() != null) {
                throw tree.error(tree.line(parser), "expected one %s document, found a second".formatted(kind));
            }
            return new SettingNode(origin, root, "", tree.lines);
        } catch (JsonParseException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw tree.error(firstLine - 1 + Math.max(line, 1), firstSentence(e.getOriginalMessage()));
        } catch (IOException | RuntimeException e) {
            if (e instanceof CardException known) {
                throw known;
            }
            throw tree.error(
                    firstLine, "not readable as %s: %s".formatted(kind, firstSentence(String.valueOf(e.getMessage()))));
        }
    }

    private JsonNode value(JsonParser parser, String path, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw error(line(parser), "nested deeper than %d levels".formatted(MAX_DEPTH));
        }
        if ((parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) || parser.getObjectId() != null) {
            throw error(line(parser), "anchors and aliases ('&', '*') are not allowed; write the value out");
        }
        paths += path.length();
        if (paths > MAX_PATHS) {
            throw error(line(parser), "too many values under names too long");
        }
        lines.putIfAbsent(path, line(parser));
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser, path, depth);
            case START_ARRAY -> array(parser, path, depth);
            case VALUE_STRING -> nodes.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            default -> throw error(line(parser), "unexpected " + token);
        };
    }

    private ObjectNode object(JsonParser parser, String path, int depth) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String child = SettingNode.join(path, key);
            if (object.has(key)) {
                throw error(
                        line(parser),
                        "field '%s' is given twice, first on line %d".formatted(child, lines.getOrDefault(child, 0)));
            }
            lines.put(child, line(parser));
            parser.nextToken();
            object.set(key, value(parser, child, depth + 1));
        }
        return object;
    }

    private ArrayNode array(JsonParser parser, String path, int depth) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, path + "[" + array.size() + "]", depth + 1));
        }
        return array;
    }

    private JsonNode integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> JsonNodeFactory.instance.numberNode(parser.getLongValue());
            default -> JsonNodeFactory.instance.numberNode(parser.getBigIntegerValue());
        };
    }

    private int line(JsonParser parser) {
        return firstLine - 1 + parser.currentTokenLocation().getLineNr();
    }

    private CardException error(int line, String problem) {
        return new CardException("Card %s, line %d: %s".formatted(origin, line, problem));
    }

    private static String firstSentence(String message) {
        String line = message.strip().lines().findFirst().orElse("");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}

package org.menagerie.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/** Damages a tokenizer's file in one to four places: in its values, in its structure, or in its bytes. */
final class TokenizerDamage {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> TEXTS = List.of(
            "",
            "\0",
            "a",
            "##",
            "é",
            "▁",
            "a b",
            "\uFEFF",
            "</w>",
            "<s>",
            "A",
            "B",
            "$A",
            "(a+)+b",
            "(",
            "[",
            "a*a*a*c",
            "\\",
            ".*",
            "(?=",
            "^",
            "$",
            "////////////",
            "AAAA",
            "🌳",
            "BPE",
            "Unigram",
            "WordPiece",
            "WordLevel",
            "Isolated",
            "never",
            "first",
            "Precompiled",
            "Replace",
            "Sequence",
            "Split",
            "ByteLevel",
            "Metaspace",
            "NFKC",
            "FixedLength",
            "Left",
            "OnlyFirst");
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        2,
        7,
        255,
        256,
        65_536,
        Integer.MAX_VALUE,
        1L << 31,
        (1L << 32) - 1,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private final SplittableRandom random;
    private final List<ObjectNode> seeds;

    TokenizerDamage(List<ObjectNode> seeds, long seed) {
        this.seeds = seeds;
        this.random = new SplittableRandom(seed);
    }

    byte[] file() {
        ObjectNode file = seeds.get(random.nextInt(seeds.size())).deepCopy();
        int places = Math.max(1, random.nextInt(6) - 2); // mostly one: more are mostly refused
        for (int i = 0; i < places; i++) {
            damage(file);
        }
        byte[] bytes = file.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(16) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private void damage(ObjectNode file) {
        List<JsonNode> parents = new ArrayList<>();
        collect(file, parents);
        JsonNode parent = parents.get(random.nextInt(parents.size()));
        if (parent instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            // A list or an object is mostly damaged within.
            int choice = object.get(name).isContainerNode() ? random.nextInt(3) : 2;
            switch (choice == 2 ? 2 + random.nextInt(8) : choice) {
                case 0 -> object.set(text(), object.get(name));
                case 1, 2 -> object.remove(name);
                default -> object.set(name, other(object.get(name), parents));
            }
        } else if (parent instanceof ArrayNode array && !array.isEmpty()) {
            int index = random.nextInt(array.size());
            switch (random.nextInt(8)) {
                case 0 -> array.remove(index);
                case 1 -> array.add(array.get(index).deepCopy());
                default -> array.set(index, other(array.get(index), parents));
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> parents) {
        if (node.isContainerNode()) {
            parents.add(node);
            node.forEach(child -> collect(child, parents));
        }
    }

    private JsonNode other(JsonNode value, List<JsonNode> parents) {
        if (value.isTextual() && value.textValue().length() > 1_000 && random.nextInt(4) > 0) {
            return JSON.textNode(flipped(value.textValue()));
        }
        boolean alike = value.isValueNode() && random.nextInt(8) > 0;
        if (alike && value.isNumber()) {
            return random.nextInt(4) == 0
                    ? JSON.numberNode((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(300)))
                    : JSON.numberNode(NUMBERS[random.nextInt(NUMBERS.length)]);
        }
        if (alike && value.isTextual()) {
            return JSON.textNode(text());
        }
        if (alike && value.isBoolean()) {
            return JSON.booleanNode(!value.booleanValue());
        }
        return switch (random.nextInt(6)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.textNode(text());
            case 2 -> JSON.numberNode(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 3 -> JSON.arrayNode();
            case 4 -> JSON.objectNode();
            default -> parents.get(random.nextInt(parents.size())).deepCopy();
        };
    }

    private String text() {
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        return random.nextInt(20) == 0 ? text.repeat(100_000) : text;
    }

    /** A charsmap with a few other bytes. */
    private String flipped(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return text();
        }
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            int at = random.nextInt(3) == 0 ? random.nextInt(bytes.length) : 4 + 4 * (256 ^ 'A') + random.nextInt(4);
            bytes[Math.min(at, bytes.length - 1)] = (byte) random.nextInt(256);
        }
        return Base64.getEncoder().encodeToString(bytes);
    }
}

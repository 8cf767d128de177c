package org.menagerie.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;

/**
 * The JSON header of a safetensors file: what each tensor is and which bytes after the header are its own.
 *
 * @param entries by tensor name, in the header's order
 */
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {
    private static final String METADATA = "__metadata__";
    private static final Set<String> FIELDS = Set.of("dtype", "shape", "data_offsets");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A tensor's type and shape, and its bytes [begin, end) after the header. */
    record Entry(ElementType elementType, Shape shape, long begin, long end) {
        long length() {
            return end - begin;
        }
    }

    /** Lays tensors out without gaps, those with the widest elements first so that each starts aligned. */
    static SafetensorsHeader layOut(Map<String, Tensor> tensors, Map<String, String> metadata) {
        if (tensors.containsKey(METADATA)) {
            throw new InvalidInputException("A tensor cannot be named " + METADATA + "; safetensors reserves the name");
        }
        List<Map.Entry<String, Tensor>> byWidth = new ArrayList<>(tensors.entrySet());
        byWidth.sort(Comparator.comparingInt(e -> -e.getValue().elementType().bytes()));
        Map<String, Entry> placed = new HashMap<>();
        long offset = 0;
        for (Map.Entry<String, Tensor> named : byWidth) {
            Tensor tensor = named.getValue();
            long end = offset + tensor.bytes().capacity();
            placed.put(named.getKey(), new Entry(tensor.elementType(), tensor.shape(), offset, end));
            offset = end;
        }
        Map<String, Entry> inOrder = new LinkedHashMap<>(tensors.size() * 2);
        tensors.keySet().forEach(name -> inOrder.put(name, Objects.requireNonNull(placed.get(name))));
        return new SafetensorsHeader(inOrder, metadata);
    }

    /** The JSON, padded with spaces to a multiple of eight bytes so that the tensors start aligned. */
    byte[] toBytes() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            metadata.forEach(root.putObject(METADATA)::put);
        }
        entries.forEach((name, entry) -> {
            ObjectNode node = root.putObject(name).put("dtype", Dtype.name(entry.elementType));
            ArrayNode shape = node.putArray("shape");
            Arrays.stream(entry.shape.dims()).forEach(shape::add);
            node.putArray("data_offsets").add(entry.begin).add(entry.end);
        });
        byte[] json = JSON.writeValueAsBytes(root);
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    Entry entry(String name) {
        return Objects.requireNonNull(entries.get(name), name);
    }

    /** The names in the order of their bytes. */
    List<String> namesByOffset() {
        return byOffset().stream().map(Map.Entry::getKey).toList();
    }

    private List<Map.Entry<String, Entry>> byOffset() {
        List<Map.Entry<String, Entry>> sorted = new ArrayList<>(entries.entrySet());
        sorted.sort(Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin)
                .thenComparingLong(e -> e.getValue().end));
        return sorted;
    }

    /**
     * Reads and checks a header.
     *
     * @param dataLength how many bytes follow the header in the file
     * @throws Malformed if it is not what the format allows; the message completes "FILE is not a valid safetensors file: "
     */
    static SafetensorsHeader parse(byte[] json, long dataLength) throws Malformed {
        if (json.length == 0 || json[0] != '{') {
            throw new Malformed("its header does not start with '{'");
        }
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new Malformed("its header is not JSON without repeated names: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new Malformed("its header is not UTF-8 JSON: " + e.getMessage());
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (field.getKey().equals(METADATA)) {
                metadata.putAll(metadata(field.getValue()));
            } else {
                entries.put(field.getKey(), entry(field.getKey(), field.getValue()));
            }
        }
        SafetensorsHeader header = new SafetensorsHeader(entries, metadata);
        header.checkCoverage(dataLength);
        return header;
    }

    private static Map<String, String> metadata(JsonNode node) throws Malformed {
        if (!node.isObject()) {
            throw new Malformed(METADATA + " is not an object");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getValue().isTextual()) {
                throw new Malformed("%s '%s' is %s; only strings are allowed"
                        .formatted(METADATA, field.getKey(), field.getValue().getNodeType()));
            }
            metadata.put(field.getKey(), field.getValue().textValue());
        }
        return metadata;
    }

    private static Entry entry(String name, JsonNode node) throws Malformed {
        for (String field : FIELDS) {
            if (!node.has(field)) {
                throw new Malformed("tensor '%s' has no '%s'".formatted(name, field));
            }
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                throw new Malformed("tensor '%s' has an unknown field '%s'".formatted(name, field.getKey()));
            }
        }
        ElementType type = Dtype.parse(node.get("dtype").asText())
                .orElseThrow(() -> new Malformed("tensor '%s' has dtype %s; supported are %s"
                        .formatted(name, node.get("dtype"), Dtype.known())));
        long[] offsets = naturals(name, "data_offsets", node.get("data_offsets"));
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw new Malformed("tensor '%s' has data_offsets %s; expected [begin, end] with begin ≤ end"
                    .formatted(name, node.get("data_offsets")));
        }
        Shape shape = new Shape(naturals(name, "shape", node.get("shape")));
        Entry entry = new Entry(type, shape, offsets[0], offsets[1]);
        long expected = bytes(entry);
        if (expected != entry.length()) {
            throw new Malformed("tensor '%s' is %s%s, which takes %s bytes, but its data_offsets %s hold %,d"
                    .formatted(
                            name,
                            Dtype.name(type),
                            shape,
                            expected < 0 ? "more than 2^63" : "%,d".formatted(expected),
                            node.get("data_offsets"),
                            entry.length()));
        }
        return entry;
    }

    /** The bytes that type and shape take; −1 beyond the range of a long. */
    private static long bytes(Entry entry) {
        try {
            return Math.multiplyExact(entry.shape.size(), entry.elementType.bytes());
        } catch (ArithmeticException e) {
            return -1;
        }
    }

    private static long[] naturals(String name, String field, JsonNode node) throws Malformed {
        long[] values = new long[node.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = node.path(i);
            if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
                throw new Malformed(notNaturals(name, field, node));
            }
            values[i] = value.longValue();
        }
        if (!node.isArray()) {
            throw new Malformed(notNaturals(name, field, node));
        }
        return values;
    }

    private static String notNaturals(String name, String field, JsonNode node) {
        return "tensor '%s' has %s %s; expected an array of whole numbers of zero or more".formatted(name, field, node);
    }

    /** The format allows neither gaps nor overlaps, so that nothing can hide in a file. */
    private void checkCoverage(long dataLength) throws Malformed {
        long covered = 0;
        for (Map.Entry<String, Entry> named : byOffset()) {
            Entry entry = named.getValue();
            if (entry.begin != covered) {
                throw new Malformed("tensor '%s' begins at byte %,d of the data where %,d was expected: %s"
                        .formatted(
                                named.getKey(), entry.begin, covered, entry.begin < covered ? "it overlaps" : "a gap"));
            }
            covered = entry.end;
        }
        if (covered != dataLength) {
            throw new Malformed("its tensors take %,d bytes but %,d follow the header%s"
                    .formatted(covered, dataLength, covered > dataLength ? " (the file is cut off)" : ""));
        }
    }

    /** What is wrong with a header, as the end of a sentence. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }
}

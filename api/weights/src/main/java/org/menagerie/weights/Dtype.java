package org.menagerie.weights;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.menagerie.spi.ElementType;

/** The names that safetensors gives element types. */
final class Dtype {
    private static final Map<ElementType, String> NAMES = new EnumMap<>(Map.ofEntries(
            Map.entry(ElementType.FLOAT64, "F64"),
            Map.entry(ElementType.FLOAT32, "F32"),
            Map.entry(ElementType.FLOAT16, "F16"),
            Map.entry(ElementType.BFLOAT16, "BF16"),
            Map.entry(ElementType.INT64, "I64"),
            Map.entry(ElementType.INT32, "I32"),
            Map.entry(ElementType.INT16, "I16"),
            Map.entry(ElementType.INT8, "I8"),
            Map.entry(ElementType.UINT64, "U64"),
            Map.entry(ElementType.UINT32, "U32"),
            Map.entry(ElementType.UINT16, "U16"),
            Map.entry(ElementType.UINT8, "U8"),
            Map.entry(ElementType.BOOL, "BOOL")));

    private Dtype() {}

    static String name(ElementType type) {
        String name = NAMES.get(type);
        if (name == null) {
            throw new IllegalArgumentException("safetensors has no name for element type " + type.shortName());
        }
        return name;
    }

    static Optional<ElementType> parse(String name) {
        return NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    static String known() {
        return String.join(", ", NAMES.values());
    }
}

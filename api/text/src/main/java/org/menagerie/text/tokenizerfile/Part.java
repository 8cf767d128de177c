package org.menagerie.text.tokenizerfile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.menagerie.spi.ZooException;

/**
 * A value in the file.
 *
 * @param where its path, for example {@code normalizer.normalizers[2]}
 */
record Part(String where, JsonNode node) {
    Optional<Part> optional(String field) {
        JsonNode child = node.path(field);
        return child.isMissingNode() || child.isNull() ? Optional.empty() : Optional.of(new Part(path(field), child));
    }

    Part required(String field) {
        return optional(field).orElseThrow(() -> error("has no '%s'".formatted(field)));
    }

    private String path(String field) {
        return where.isEmpty() ? field : where + "." + field;
    }

    /** The component's type, which must be one of some. */
    String type(Set<String> known) {
        String type = required("type").text(100);
        if (!known.contains(type)) {
            throw error("has the unknown type '%s'; expected one of %s".formatted(type, new TreeSet<>(known)));
        }
        return type;
    }

    String text(int mostChars) {
        if (!node.isTextual()) {
            throw error("is not a text");
        }
        if (node.textValue().length() > mostChars) {
            throw error("has %,d characters; at most %,d are read"
                    .formatted(node.textValue().length(), mostChars));
        }
        return node.textValue();
    }

    long integer(long lowest, long highest) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw error("is not an integer");
        }
        if (node.longValue() < lowest || node.longValue() > highest) {
            throw error("is %d, expected %d to %d".formatted(node.longValue(), lowest, highest));
        }
        return node.longValue();
    }

    double number(double most) {
        if (!node.isNumber() || !(Math.abs(node.doubleValue()) <= most)) {
            throw error("is not a number of at most %s".formatted(most));
        }
        return node.doubleValue();
    }

    List<Part> items(int most) {
        if (!node.isArray()) {
            throw error("is not a list");
        }
        if (node.size() > most) {
            throw error("has %,d entries; at most %,d are read".formatted(node.size(), most));
        }
        List<Part> items = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            items.add(new Part(where + "[" + i + "]", node.path(i)));
        }
        return items;
    }

    List<Part> fields(int most) {
        if (!node.isObject()) {
            throw error("is not an object");
        }
        if (node.size() > most) {
            throw error("has %,d entries; at most %,d are read".formatted(node.size(), most));
        }
        List<Part> fields = new ArrayList<>(node.size());
        node.properties().forEach(field -> fields.add(new Part(path(field.getKey()), field.getValue())));
        return fields;
    }

    ZooException error(String finding) {
        return new ZooException("'%s' %s".formatted(where, finding));
    }
}

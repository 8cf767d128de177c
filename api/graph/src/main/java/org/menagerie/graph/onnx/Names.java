package org.menagerie.graph.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Value;

/** The names that values get in a file: their own where that is free, and no name twice, bodies included. */
final class Names {
    private final Map<Value, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** Gives a value a name that it must have. */
    void fix(Value value, String name) {
        if (!taken.add(name)) {
            throw new GraphException("Two inputs, parameters or outputs of the graph are named '%s'".formatted(name));
        }
        names.put(value, name);
    }

    /** Keeps a name from other values. */
    void reserve(String name) {
        taken.add(name);
    }

    String of(Value value) {
        return names.computeIfAbsent(value, v -> fresh(v.name()));
    }

    /** A name that nothing has, the wanted one if possible. */
    String fresh(String wanted) {
        String base = wanted.isEmpty() ? "value" : wanted;
        String name = base;
        for (int i = 1; !taken.add(name); i++) {
            name = base + "_" + i;
        }
        return name;
    }
}

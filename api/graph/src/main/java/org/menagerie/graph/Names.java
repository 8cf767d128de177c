package org.menagerie.graph;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The names that a graph and the bodies in it have given, which are one space in ONNX, and the numbers of new ones. */
final class Names {
    private final Set<String> taken = new HashSet<>();
    private int count;

    void take(String name) {
        taken.add(name);
    }

    void take(Collection<String> names) {
        taken.addAll(names);
    }

    /** Takes all names of a finished graph. New numbers begin well beyond those that its own nodes and extents got. */
    void take(Graph graph) {
        graph.inputs().forEach(input -> take(input.name()));
        take(graph.parameters().keySet());
        graph.nodes().forEach(node -> {
            take(node.name());
            node.outputs().forEach(output -> take(output.name()));
        });
        count = graph.nodes().size() + 1_000;
    }

    /** Returns a number that no call before returned. */
    int number() {
        return count++;
    }

    /** Takes a new name that begins with the prefix. */
    String unique(String prefix) {
        String candidate;
        do {
            candidate = prefix + "_" + number();
        } while (!taken.add(candidate));
        return candidate;
    }

    /** Returns the name itself if it is free, else takes one that begins with it. */
    String free(String wanted) {
        return taken.contains(wanted) ? unique(wanted) : wanted;
    }
}

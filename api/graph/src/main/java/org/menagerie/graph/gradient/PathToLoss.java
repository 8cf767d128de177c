package org.menagerie.graph.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;

/** Describes how a node reaches the loss, for errors. */
final class PathToLoss {
    private static final int SHOWN = 8;

    private PathToLoss() {}

    /** The operators from a node to the loss, for example {@code NonZero → Gather → ReduceSum}. */
    static String describe(List<Node> nodes, Node from, Value loss) {
        Map<Value, Node> cameFrom = new HashMap<>();
        Set<Value> reached = new HashSet<>(from.outputs());
        from.outputs().forEach(output -> cameFrom.put(output, from));
        Map<Node, Node> previous = new HashMap<>();
        for (Node node : nodes) {
            for (Value input : node.inputs()) {
                if (input != null && reached.contains(input) && !node.equals(from)) {
                    Node before = cameFrom.get(input);
                    if (before != null) {
                        previous.putIfAbsent(node, before);
                    }
                    reached.addAll(node.outputs());
                    node.outputs().forEach(output -> cameFrom.putIfAbsent(output, node));
                }
            }
        }
        List<String> path = new ArrayList<>();
        for (Node node = cameFrom.get(loss); node != null; node = previous.get(node)) {
            path.add(0, node.qualifiedOp());
        }
        if (path.size() > SHOWN) {
            path = new ArrayList<>(path.subList(0, SHOWN - 1));
            path.add("…");
        }
        return String.join(" → ", path);
    }
}

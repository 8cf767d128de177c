package org.menagerie.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.menagerie.graph.GraphException;

/** The nodes of a graph, each after those it uses: files should be in such an order, but not all are. */
final class NodeOrder {
    private NodeOrder() {}

    /**
     * The nodes in an order in which each comes after what it uses; the file's order where that is one.
     *
     * @param known names that are defined without a node
     * @throws GraphException naming a node that uses what nothing defines, or that depends on itself
     */
    static List<NodeProto> sorted(GraphProto graph, Set<String> known) {
        List<NodeProto> nodes = graph.getNodeList();
        Set<String> defined = new HashSet<>(known);
        nodes.forEach(node -> defined.addAll(node.getOutputList()));
        Map<String, List<Integer>> waiting = new HashMap<>();
        int[] missing = new int[nodes.size()];
        Deque<Integer> ready = new ArrayDeque<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (String name : names(nodes.get(i))) {
                if (!defined.contains(name)) {
                    throw new GraphException(
                            "%s uses '%s', which nothing in the file gives".formatted(label(nodes.get(i)), name));
                }
                if (!known.contains(name)) {
                    waiting.computeIfAbsent(name, key -> new ArrayList<>()).add(i);
                    missing[i]++;
                }
            }
        }
        if (isSorted(nodes, known)) {
            return nodes;
        }
        for (int i = 0; i < nodes.size(); i++) {
            if (missing[i] == 0) {
                ready.add(i);
            }
        }
        List<NodeProto> sorted = new ArrayList<>();
        while (!ready.isEmpty()) {
            int next = ready.remove();
            NodeProto node = nodes.get(next);
            sorted.add(node);
            for (String output : new LinkedHashSet<>(node.getOutputList())) {
                List<Integer> users = waiting.remove(output);
                for (int user : users == null ? List.<Integer>of() : users) {
                    if (--missing[user] == 0) {
                        ready.add(user);
                    }
                }
            }
        }
        if (sorted.size() < nodes.size()) {
            int stuck = IntStream.range(0, missing.length)
                    .filter(i -> missing[i] > 0)
                    .findFirst()
                    .orElseThrow();
            throw new GraphException("%s depends on its own output: the graph '%s' has a cycle"
                    .formatted(label(nodes.get(stuck)), graph.getName()));
        }
        return sorted;
    }

    private static boolean isSorted(List<NodeProto> nodes, Set<String> known) {
        Set<String> before = new HashSet<>(known);
        for (NodeProto node : nodes) {
            if (!before.containsAll(names(node))) {
                return false;
            }
            before.addAll(node.getOutputList());
        }
        return true;
    }

    /** Every name that a graph's nodes or outputs use, bodies included. */
    static Set<String> usedNames(GraphProto graph) {
        Set<String> used = new HashSet<>();
        graph.getNodeList().forEach(node -> used.addAll(names(node)));
        graph.getOutputList().forEach(output -> used.add(output.getName()));
        return used;
    }

    /** The names that a node uses, those that its bodies take from outside included. */
    static Set<String> names(NodeProto node) {
        Set<String> names = new LinkedHashSet<>(node.getInputList());
        names.remove("");
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasG()) {
                names.addAll(captured(attribute.getG()));
            }
        }
        return names;
    }

    private static Set<String> captured(GraphProto body) {
        Set<String> names = usedNames(body);
        body.getInputList().stream().map(ValueInfoProto::getName).forEach(names::remove);
        body.getInitializerList().stream().map(TensorProto::getName).forEach(names::remove);
        body.getNodeList().forEach(node -> node.getOutputList().forEach(names::remove));
        return names;
    }

    private static String label(NodeProto node) {
        return "%s '%s'".formatted(node.getOpType(), node.getName());
    }
}

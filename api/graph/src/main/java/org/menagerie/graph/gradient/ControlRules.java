package org.menagerie.graph.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;

/** Operators that run bodies. A gradient's body holds a copy of the forward one, so it can be differentiated again. */
final class ControlRules {
    static final Map<String, BodyRule> RULES =
            Map.of("If", ControlRules::branch, "Scan", ScanGradient::of, "Loop", LoopGradient::of);

    private ControlRules() {}

    static Graph body(Node n, String attribute) {
        return n.attributes()
                .getBody(attribute)
                .orElseThrow(() -> new GraphException("%s has no '%s'".formatted(n, attribute)));
    }

    /**
     * A copy of a body in the body of a gradient.
     *
     * @param operands what stands in for the body's inputs
     * @return its outputs, in order
     */
    static List<Value> copied(GraphBuilder b, Node n, Graph body, List<Value> operands) {
        Map<Value, Value> given = new LinkedHashMap<>();
        n.captures().forEach(value -> given.put(value, value));
        for (int i = 0; i < operands.size(); i++) {
            given.put(body.inputs().get(i), operands.get(i));
        }
        return List.copyOf(b.inline(body, given).values());
    }

    static boolean isNumber(Value value) {
        return value.element().isFloating();
    }

    /** The same branch of another {@code If} holds the gradients of this branch; the branch not taken gets zeros. */
    private static Map<Value, Value> branch(
            GraphBuilder g, Node n, List<@Nullable Value> dys, List<Value> wanted, GradientRules rules) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        Attributes attributes = Attributes.NONE;
        for (String branch : List.of("then_branch", "else_branch")) {
            GraphBuilder b = g.body("if_gradient");
            List<Value> outputs = copied(b, n, body(n, branch), List.of());
            List<Value> ys = new ArrayList<>();
            List<Value> given = new ArrayList<>();
            for (int i = 0; i < outputs.size(); i++) {
                Value dy = dys.get(i);
                if (dy != null) {
                    ys.add(outputs.get(i));
                    given.add(dy);
                }
            }
            List<Value> gradients = Gradients.of(b, ys, given, wanted, rules);
            for (int i = 0; i < gradients.size(); i++) {
                b.output(b.name() + "_out_" + i, gradients.get(i));
            }
            attributes = attributes.with(branch, b.build());
        }
        List<Value> gradients = g.ops("If", attributes, wanted.size(), n.in(0));
        Map<Value, Value> results = new LinkedHashMap<>();
        for (int i = 0; i < gradients.size(); i++) {
            results.put(wanted.get(i), gradients.get(i));
        }
        return results;
    }
}

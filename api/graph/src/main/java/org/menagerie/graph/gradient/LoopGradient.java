package org.menagerie.graph.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.Dim;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;

/** A {@code Loop} that runs its count of iterations is a {@code Scan} over their numbers, whose gradient is taken. */
final class LoopGradient {
    private static final int CONDITION = 1;
    private static final int CARRIED = 2;

    private LoopGradient() {}

    static Map<Value, Value> of(
            GraphBuilder g, Node n, List<@Nullable Value> dys, List<Value> wanted, GradientRules rules) {
        Graph body = ControlRules.body(n, "body");
        requireFixedCount(n, body);
        return ScanGradient.of(g, asScan(g, n, body), dys, wanted, rules);
    }

    private static void requireFixedCount(Node n, Graph body) {
        Value next = body.outputs().values().iterator().next();
        boolean goesOn = next.equals(body.inputs().get(CONDITION)) || isTrue(next) || isCopy(next, body);
        if (!n.has(0) || (n.has(CONDITION) && !isTrue(n.in(CONDITION))) || !goesOn) {
            throw new GraphException(
                    n + ": no gradient of a loop that a condition may end; give it a count of iterations alone");
        }
    }

    private static boolean isTrue(Value value) {
        return value.contents().filter(elements -> elements.get(0).is(1)).isPresent();
    }

    /** True of the condition passed on as it came. */
    private static boolean isCopy(Value value, Graph body) {
        return value.producer()
                .filter(node -> List.of("Identity", "Cast").contains(node.qualifiedOp()))
                .filter(node -> node.in(0).equals(body.inputs().get(CONDITION)) || isCopy(node.in(0), body))
                .isPresent();
    }

    private static Node asScan(GraphBuilder g, Node n, Graph body) {
        GraphBuilder b = g.body("loop_steps");
        List<Value> operands = new ArrayList<>();
        List<Value> inputs = new ArrayList<>();
        for (int i = CARRIED; i < n.inputs().size(); i++) {
            inputs.add(n.in(i));
            operands.add(b.input(b.name() + "_state_" + i, n.in(i).type()));
        }
        operands.add(0, b.scalar(ElementType.BOOL, 1));
        operands.add(0, b.input(b.name() + "_iteration", "i64[]"));
        List<Value> results = ControlRules.copied(b, n, body, operands);
        for (int i = 1; i < results.size(); i++) {
            Value result = results.get(i);
            if (i <= inputs.size()) {
                requireSameShape(n, inputs.get(i - 1), result);
            }
            b.output(b.name() + "_out_" + i, result);
        }
        Value count = n.in(0).rank() == 0 ? n.in(0) : g.squeeze(n.in(0), 0);
        inputs.add(g.op("Range", g.scalar(ElementType.INT64, 0), count, g.scalar(ElementType.INT64, 1)));
        Attributes attributes = Attributes.of("body", b.build()).with("num_scan_inputs", 1);
        return g.ops("Scan", attributes, results.size() - 1, inputs.toArray(Value[]::new))
                .get(0)
                .producer()
                .orElseThrow();
    }

    /** States are kept for all steps together, which takes that their shape stays. */
    private static void requireSameShape(Node n, Value first, Value next) {
        boolean same = first.rank() == next.rank();
        for (int axis = 0; same && axis < first.rank(); axis++) {
            Dim a = first.dim(axis);
            Dim b = next.dim(axis);
            same = a.equals(b) || a.isUnknown() || b.isUnknown();
        }
        if (!same) {
            throw new GraphException("%s: no gradient of a loop whose state changes its shape, from %s to %s"
                    .formatted(n, first.type(), next.type()));
        }
    }
}

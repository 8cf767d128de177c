package org.menagerie.conformance.gradient;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;

/** Operators that run bodies: branches, and steps in either direction with state and with values from outside. */
final class ControlCases {
    private ControlCases() {}

    static List<GradientCase> all() {
        List<GradientCase> cases = new ArrayList<>();
        Input x = Input.of(2, 3);
        Input w = Input.of(3, 3).within(-0.6, 0.6);
        for (boolean condition : new boolean[] {true, false}) {
            cases.add(GradientCase.of("If, " + condition, x, w, (g, v, m) -> chosen(g, condition, v, m)));
            cases.add(GradientCase.of(
                    "If inside an If, " + condition,
                    x,
                    w,
                    (g, v, m) -> branches(
                            g, decided(g, v, true), b -> chosen(b, condition, v, b.tanh(m)), b -> b.mul(v, 2))));
        }
        cases.add(GradientCase.of(
                "If that a run decides",
                x.awayFrom(0.1, 0),
                (g, v) -> branches(g, g.greater(g.sum(v), g.scalar(v.element(), 0)), b -> b.exp(v), b -> b.sin(v))));
        cases.add(GradientCase.of(
                "If of a value from outside", x, (g, v) -> branches(g, decided(g, v, true), b -> v, b -> b.mul(v, v))));
        cases.add(GradientCase.many("Scan", List.of(x, Input.of(4, 2, 3), w), (g, in) -> steps(g, in, 0, 0, 0, 0)));
        cases.add(GradientCase.many(
                "Scan, backwards over a last axis",
                List.of(x, Input.of(2, 3, 4), w),
                (g, in) -> steps(g, in, 2, 1, 1, 1)));
        cases.add(GradientCase.many(
                "Scan, outputs alone turned round",
                List.of(x, Input.of(2, 4, 3), w),
                (g, in) -> steps(g, in, 1, 0, -1, 1)));
        cases.add(GradientCase.many("Scan without state", List.of(Input.of(4, 2, 3), w), (g, in) -> {
            GraphBuilder b = g.body("each");
            Value slice = b.input(
                    b.name() + "_slice",
                    in.get(0)
                            .type()
                            .withDims(List.of(in.get(0).dim(1), in.get(0).dim(2))));
            b.output(b.name() + "_out", b.tanh(b.matMul(slice, in.get(1))));
            return g.ops("Scan", Attributes.of("body", b.build()).with("num_scan_inputs", 1), 1, in.get(0));
        }));
        cases.add(GradientCase.many("Loop", List.of(x, w), (g, in) -> loop(g, in, g.scalar(ElementType.INT64, 3))));
        cases.add(GradientCase.many(
                "Loop, count from an extent",
                List.of(x.declared("[N,3]"), w),
                (g, in) -> loop(g, in, g.extent(in.get(0), 0))));
        return cases;
    }

    private static Value branches(
            GraphBuilder g,
            Value condition,
            java.util.function.Function<GraphBuilder, Value> then,
            java.util.function.Function<GraphBuilder, Value> otherwise) {
        GraphBuilder a = g.body("then");
        a.output(a.name() + "_out", then.apply(a));
        GraphBuilder b = g.body("otherwise");
        b.output(b.name() + "_out", otherwise.apply(b));
        Attributes attributes = Attributes.of("then_branch", a.build()).with("else_branch", b.build());
        return g.op("If", attributes, condition);
    }

    /** A condition that only a run can tell. */
    private static Value decided(GraphBuilder g, Value x, boolean condition) {
        return g.less(g.sum(g.square(x)), g.scalar(x.element(), condition ? 1e6 : -1));
    }

    private static Value chosen(GraphBuilder g, boolean condition, Value x, Value w) {
        return branches(g, decided(g, x, condition), b -> b.tanh(b.matMul(x, w)), b -> b.mul(b.square(x), b.sum(w, 0)));
    }

    /** h := tanh(h·w + x), given with its square. */
    private static List<Value> steps(
            GraphBuilder g, List<Value> in, int axis, int backwards, int outputAxis, int turned) {
        GraphBuilder b = g.body("steps");
        Value state = b.input(b.name() + "_state", in.get(0).type());
        Value slice = b.input(b.name() + "_slice", in.get(0).type());
        Value next = b.tanh(b.add(b.matMul(state, in.get(2)), slice));
        b.output(b.name() + "_next", next);
        b.output(b.name() + "_square", b.mul(next, state));
        b.output(b.name() + "_slice_again", b.sin(slice));
        Attributes attributes = Attributes.of("body", b.build())
                .with("num_scan_inputs", 1)
                .with("scan_input_axes", new long[] {axis})
                .with("scan_input_directions", new long[] {backwards})
                .with("scan_output_axes", new long[] {outputAxis, 0})
                .with("scan_output_directions", new long[] {turned, 0});
        return g.ops("Scan", attributes, 3, in.get(0), in.get(1));
    }

    /** h := tanh(h·w + i/4), given with its sine. */
    private static List<Value> loop(GraphBuilder g, List<Value> in, Value count) {
        GraphBuilder b = g.body("loop");
        Value iteration = b.input(b.name() + "_iteration", "i64[]");
        Value condition = b.input(b.name() + "_condition", "bool[]");
        Value state = b.input(b.name() + "_state", in.get(0).type());
        Value step = b.mul(b.cast(iteration, state.element()), 0.25);
        Value next = b.tanh(b.add(b.matMul(state, in.get(1)), step));
        b.output(b.name() + "_again", b.identity(condition));
        b.output(b.name() + "_next", next);
        b.output(b.name() + "_sine", b.sin(state));
        return g.ops("Loop", Attributes.of("body", b.build()), 2, count, null, in.get(0));
    }
}

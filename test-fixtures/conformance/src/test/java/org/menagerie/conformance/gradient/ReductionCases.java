package org.menagerie.conformance.gradient;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.Attributes;
import org.menagerie.spi.ElementType;

/** Reductions over one axis, several, and all; with and without the axes kept. */
final class ReductionCases {
    private ReductionCases() {}

    static List<GradientCase> all() {
        List<GradientCase> cases = new ArrayList<>();
        for (String op : List.of(
                "ReduceMean",
                "ReduceMax",
                "ReduceMin",
                "ReduceProd",
                "ReduceL1",
                "ReduceL2",
                "ReduceSumSquare",
                "ReduceLogSum",
                "ReduceLogSumExp")) {
            Input x = Input.of(2, 3, 2);
            Input input = switch (op) {
                case "ReduceMax", "ReduceMin" -> x.spaced();
                case "ReduceL1" -> x.awayFrom(0.1, 0);
                case "ReduceLogSum" -> x.within(0.5, 2);
                default -> x;
            };
            for (boolean keep : new boolean[] {true, false}) {
                String suffix = keep ? ", axes kept" : "";
                cases.add(GradientCase.of(op + " of axis 1" + suffix, input, (g, v) -> g.reduce(op, v, keep, 1)));
                cases.add(
                        GradientCase.of(op + " of axes -1, 0" + suffix, input, (g, v) -> g.reduce(op, v, keep, -1, 0)));
                cases.add(GradientCase.of(op + " of all" + suffix, input, (g, v) -> g.reduce(op, v, keep)));
            }
        }
        cases.addAll(List.of(
                GradientCase.of("ReduceMean, symbolic", Input.of(2, 3).declared("[N,L]"), (g, x) -> g.mean(x)),
                GradientCase.of("ReduceSum of axis 1", Input.of(2, 3, 2), (g, x) -> g.sum(x, 1)),
                GradientCase.of("ReduceSum of axes -1, 0, kept", Input.of(2, 3, 2), (g, x) -> g.sumKeep(x, -1, 0)),
                GradientCase.of("ReduceSum of all", Input.of(2, 3, 2), (g, x) -> g.sum(x)),
                GradientCase.of("ReduceSum of a scalar", Input.of(), (g, x) -> g.sum(x)),
                GradientCase.of(
                        "ReduceSum without axes as identity",
                        Input.of(2, 3),
                        (g, x) -> g.op("ReduceSum", Attributes.of("noop_with_empty_axes", true), x)),
                GradientCase.of("ReduceProd of seven", Input.of(7, 2), (g, x) -> g.reduce("ReduceProd", x, false, 0)),
                GradientCase.of("ReduceProd of one", Input.of(1, 2), (g, x) -> g.reduce("ReduceProd", x, false, 0)),
                GradientCase.of("CumSum", Input.of(2, 4), (g, x) -> g.cumSum(x, 1)),
                GradientCase.of(
                        "CumSum, exclusive, reversed, negative axis",
                        Input.of(2, 4),
                        (g, x) -> g.op(
                                "CumSum",
                                Attributes.of("exclusive", true).with("reverse", true),
                                x,
                                g.scalar(ElementType.INT64, -1))),
                GradientCase.of(
                        "TopK",
                        Input.of(2, 5).spaced(),
                        (g, x) -> g.topK(x, 3, 1).get(0)),
                GradientCase.of(
                        "TopK, smallest of axis 0",
                        Input.of(5, 2).spaced(),
                        (g, x) -> g.ops("TopK", Attributes.of("axis", 0).with("largest", false), 2, x, g.longs(2))
                                .get(0))));
        return cases;
    }
}

package org.menagerie.conformance.gradient;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/** Changing, joining, cutting and padding shapes. */
final class ShapeCases {
    private ShapeCases() {}

    static List<GradientCase> all() {
        List<GradientCase> cases = new ArrayList<>(rearranging());
        cases.addAll(cutting());
        cases.addAll(padding());
        return cases;
    }

    private static List<GradientCase> rearranging() {
        Input x = Input.of(2, 3, 4);
        return List.of(
                GradientCase.of("Reshape", x, (g, v) -> g.square(g.reshape(v, 0, -1))),
                GradientCase.of("Reshape, symbolic", x.declared("[N,3,L]"), (g, v) -> g.square(g.reshape(v, -1, 3))),
                GradientCase.of("Flatten", x, (g, v) -> g.square(g.flatten(v))),
                GradientCase.of(
                        "Flatten at a negative axis",
                        x,
                        (g, v) -> g.square(g.op("Flatten", Attributes.of("axis", -1), v))),
                GradientCase.of("Squeeze", Input.of(2, 1, 3, 1), (g, v) -> g.square(g.squeeze(v, 1, -1))),
                GradientCase.of("Squeeze without axes", Input.of(2, 1, 3), (g, v) -> g.square(g.op("Squeeze", v))),
                GradientCase.of("Unsqueeze", Input.of(2, 3), (g, v) -> g.square(g.unsqueeze(v, -1, 0))),
                GradientCase.of("Transpose", x, (g, v) -> g.square(g.transpose(v, 2, 0, 1))),
                GradientCase.of("Transpose without perm", x, (g, v) -> g.square(g.op("Transpose", v))),
                GradientCase.of("Expand", Input.of(3, 1), (g, v) -> g.square(g.expand(v, g.longs(2, 3, 4)))),
                GradientCase.of("Expand with ones", Input.of(3, 1), (g, v) -> g.square(g.expand(v, g.longs(1, 2)))),
                GradientCase.of(
                        "Expand, symbolic",
                        Input.of(1, 3),
                        Input.of(4, 3).declared("[N,3]"),
                        (g, a, b) -> g.mul(g.expand(a, g.shapeOf(b)), b)),
                GradientCase.of("Tile", Input.of(2, 3), (g, v) -> g.square(g.tile(v, 2, 3))),
                GradientCase.of(
                        "Tile, symbolic", Input.of(2, 3).declared("[N,3]"), (g, v) -> g.square(g.tile(v, 2, 1))),
                GradientCase.of(
                        "DepthToSpace, DCR", Input.of(1, 8, 2, 3), (g, v) -> g.square(depthToSpace(g, v, "DCR"))),
                GradientCase.of(
                        "DepthToSpace, CRD", Input.of(1, 8, 2, 3), (g, v) -> g.square(depthToSpace(g, v, "CRD"))),
                GradientCase.of(
                        "SpaceToDepth",
                        Input.of(1, 2, 4, 6),
                        (g, v) -> g.square(g.op("SpaceToDepth", Attributes.of("blocksize", 2), v))),
                GradientCase.of("Trilu", Input.of(3, 4), (g, v) -> g.square(g.op("Trilu", v))),
                GradientCase.of(
                        "Trilu, lower, above the diagonal",
                        Input.of(2, 3, 4),
                        (g, v) -> g.square(g.op(
                                "Trilu",
                                Attributes.of("upper", false),
                                v,
                                g.scalar(org.menagerie.spi.ElementType.INT64, 1)))));
    }

    private static Value depthToSpace(GraphBuilder g, Value x, String mode) {
        return g.op("DepthToSpace", Attributes.of("blocksize", 2).with("mode", mode), x);
    }

    private static List<GradientCase> cutting() {
        Input x = Input.of(3, 5);
        return List.of(
                GradientCase.of("Concat", x, Input.of(2, 5), (g, a, b) -> g.square(g.concat(0, a, b))),
                GradientCase.of(
                        "Concat at a negative axis", x, Input.of(3, 1), (g, a, b) -> g.square(g.concat(-1, a, b, a))),
                GradientCase.of(
                        "Concat, symbolic",
                        Input.of(3, 5).declared("[N,5]"),
                        Input.of(2, 5).declared("[M,5]"),
                        (g, a, b) -> g.square(g.concat(0, a, b))),
                GradientCase.of("Concat of one", x, (g, v) -> g.square(g.concat(0, v))),
                GradientCase.many("Split", List.of(x), (g, v) -> g.split(g.square(v.get(0)), 1, 2, 2, 1)),
                GradientCase.of(
                        "Split, one part unused",
                        x,
                        (g, v) -> g.split(g.square(v), -1, 2, 3).get(1)),
                GradientCase.many(
                        "Split into equal parts",
                        List.of(Input.of(4, 2)),
                        (g, v) -> g.ops("Split", Attributes.of("axis", 0), 2, g.square(v.get(0)))),
                GradientCase.of("Slice", x, (g, v) -> g.square(g.slice(v, 1, 1, 3))),
                GradientCase.of("Slice, negative bounds and axis", x, (g, v) -> g.square(g.slice(v, -1, -3, -1))),
                GradientCase.of("Slice, bounds beyond the end", x, (g, v) -> g.square(g.slice(v, 0, 1, 99))),
                GradientCase.of("Slice, steps", x, (g, v) -> g.square(slice(g, v, 0, 99, 1, 2))),
                GradientCase.of("Slice, backwards", x, (g, v) -> g.square(slice(g, v, -1, -99, 1, -2))),
                GradientCase.of(
                        "Slice, whole axis backwards",
                        x,
                        (g, v) -> g.square(slice(g, v, -1, Long.MIN_VALUE + 1, 1, -1))),
                GradientCase.of(
                        "Slice, two axes",
                        x,
                        (g, v) ->
                                g.square(g.op("Slice", v, g.longs(1, 0), g.longs(3, 4), g.longs(0, 1), g.longs(1, 3)))),
                GradientCase.of(
                        "Slice, axes left out", x, (g, v) -> g.square(g.op("Slice", v, g.longs(1, 2), g.longs(3, 4)))),
                GradientCase.of(
                        "Slice, symbolic",
                        x.declared("[N,5]"),
                        (g, v) -> g.square(g.slice(v, 0, 1, Integer.MAX_VALUE))),
                GradientCase.of(
                        "Slice, symbolic, from the end",
                        x.declared("[N,5]"),
                        (g, v) -> g.square(g.slice(v, 0, -2, -1))));
    }

    private static Value slice(GraphBuilder g, Value x, long start, long end, long axis, long step) {
        return g.op("Slice", x, g.longs(start), g.longs(end), g.longs(axis), g.longs(step));
    }

    private static List<GradientCase> padding() {
        Input x = Input.of(3, 5);
        List<GradientCase> cases = new ArrayList<>();
        cases.add(GradientCase.of("Pad", x, (g, v) -> g.square(g.pad(v, 0.5, 1, 0, 0, 2))));
        cases.add(GradientCase.of(
                "Pad, gradient of its value",
                x,
                Input.of(),
                (g, v, fill) -> g.square(g.op("Pad", v, g.longs(1, -1, 0, 2), fill))));
        cases.add(GradientCase.of("Pad, a crop", x, (g, v) -> g.square(g.pad(v, 0, -1, 1, 0, -2))));
        cases.add(GradientCase.of("Pad, symbolic", x.declared("[N,5]"), (g, v) -> g.square(g.pad(v, 0, 0, 1, 0, 2))));
        for (String mode : List.of("reflect", "edge")) {
            cases.add(GradientCase.of(
                    "Pad, " + mode,
                    x,
                    (g, v) -> g.square(g.op("Pad", Attributes.of("mode", mode), v, g.longs(2, 1, 0, 3)))));
            cases.add(GradientCase.of(
                    "Pad, symbolic, " + mode,
                    x.declared("[N,L]"),
                    (g, v) -> g.square(g.op("Pad", Attributes.of("mode", mode), v, g.longs(0, 1, 0, 3)))));
        }
        return cases;
    }
}

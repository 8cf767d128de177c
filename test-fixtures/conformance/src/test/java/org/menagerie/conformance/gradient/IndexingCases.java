package org.menagerie.conformance.gradient;

import java.util.List;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.spi.Tensor;

/** Gathering and scattering, with repeated and negative indices. */
final class IndexingCases {
    private static final Attributes ADD = Attributes.of("reduction", "add");

    private IndexingCases() {}

    private static Value indices(GraphBuilder g, long[] values, long... shape) {
        return g.constant(Tensor.of(values, shape));
    }

    static List<GradientCase> all() {
        Input x = Input.of(3, 4);
        return List.of(
                GradientCase.of(
                        "Gather, repeated and negative", x, (g, v) -> g.square(g.gather(v, g.longs(0, 2, 0, -1), 0))),
                GradientCase.of(
                        "Gather, axis 1, two index axes",
                        Input.of(2, 4, 3),
                        (g, v) -> g.square(g.gather(v, indices(g, new long[] {3, 1, 1, 0, 2, 2}, 2, 3), 1))),
                GradientCase.of(
                        "Gather, negative axis, scalar index",
                        x,
                        (g, v) -> g.square(g.gather(v, g.constant(Tensor.scalar(2L)), -1))),
                GradientCase.of(
                        "Gather, scalar index in the middle, then Gemm",
                        Input.of(3, 2, 3),
                        Input.of(3, 3),
                        (g, v, w) ->
                                g.square(g.gemm(g.gather(v, g.constant(Tensor.scalar(-1L)), 1), false, w, true, null))),
                GradientCase.of(
                        "Gather, int32 indices, symbolic",
                        x.declared("[N,4]"),
                        (g, v) -> g.square(g.gather(v, g.constant(Tensor.of(new int[] {1, 1}, 2)), 0))),
                GradientCase.of(
                        "Gather, one index of three axes, from the end",
                        Input.of(2, 3, 4),
                        (g, v) -> g.square(g.gather(v, g.constant(Tensor.scalar(-1L)), 1))),
                GradientCase.of(
                        "Gather, one index, symbolic extent",
                        Input.of(3, 2).declared("[N,2]"),
                        (g, v) -> g.square(g.gather(v, g.longs(-2), 0))),
                GradientCase.of(
                        "Gather, one index that a run computes",
                        x,
                        (g, v) -> g.square(g.gather(v, g.argMax(g.slice(v, 0, 0, 1), 1), 1))),
                GradientCase.of(
                        "Gather from many rows, one row twice",
                        Input.of(130, 2),
                        (g, v) -> g.square(g.gather(v, indices(g, new long[] {129, 7, -1, 0}, 2, 2), 0))),
                GradientCase.of(
                        "Gather from many places of a middle axis",
                        Input.of(2, 100, 2),
                        (g, v) -> g.square(g.gather(v, g.longs(3, 3, -100, 99), 1))),
                GradientCase.of(
                        "Gather from a vector, symbolic, repeated",
                        Input.of(5).declared("[N]"),
                        (g, v) -> g.square(g.gather(v, indices(g, new long[] {4, 0, 4, -1, 2, 2}, 3, 2), 0))),
                GradientCase.of(
                        "GatherElements",
                        x,
                        (g, v) -> g.square(g.gatherElements(v, indices(g, new long[] {0, 1, -1, 1, 1, 0}, 3, 2), 1))),
                GradientCase.of(
                        "GatherElements, one of each line",
                        x,
                        (g, v) -> g.square(g.gatherElements(v, indices(g, new long[] {0, -1, 2}, 3, 1), -1))),
                GradientCase.of(
                        "GatherElements, one of each line, axis 0",
                        x,
                        (g, v) -> g.square(g.gatherElements(v, indices(g, new long[] {0, -1, 2, 2}, 1, 4), 0))),
                GradientCase.of(
                        "GatherND",
                        x,
                        (g, v) -> g.square(g.op("GatherND", v, indices(g, new long[] {0, 1, 2, 3, 0, 1}, 3, 2)))),
                GradientCase.of(
                        "GatherND, rows",
                        x,
                        (g, v) -> g.square(g.op("GatherND", v, indices(g, new long[] {2, 0, 2}, 3, 1)))),
                GradientCase.of(
                        "GatherND, repeated and negative, symbolic",
                        Input.of(3, 4, 2).declared("[N,4,2]"),
                        (g, v) ->
                                g.square(g.op("GatherND", v, indices(g, new long[] {2, -1, 2, 3, 0, 0, -3, 0}, 4, 2)))),
                GradientCase.of(
                        "GatherND, one batch axis",
                        Input.of(2, 3, 2),
                        (g, v) -> g.square(g.op(
                                "GatherND",
                                Attributes.of("batch_dims", 1),
                                v,
                                indices(g, new long[] {2, 0, 1, 1}, 2, 2, 1)))),
                GradientCase.of(
                        "ScatterElements",
                        x,
                        Input.of(2, 4),
                        (g, v, u) -> g.square(g.op(
                                "ScatterElements",
                                Attributes.of("axis", 0),
                                v,
                                indices(g, new long[] {0, 1, 2, 0, 1, 2, 0, 1}, 2, 4),
                                u))),
                GradientCase.of(
                        "ScatterElements, added",
                        x,
                        Input.of(3, 2),
                        (g, v, u) ->
                                g.square(g.scatterAdd(v, indices(g, new long[] {0, 0, 2, 3, 1, -1}, 3, 2), u, -1))),
                GradientCase.of(
                        "ScatterND",
                        x,
                        Input.of(2, 4),
                        (g, v, u) -> g.square(g.op("ScatterND", v, indices(g, new long[] {2, 0}, 2, 1), u))),
                GradientCase.of(
                        "ScatterND, added",
                        x,
                        Input.of(3),
                        (g, v, u) -> g.square(
                                g.op("ScatterND", ADD, v, indices(g, new long[] {0, 1, 0, 1, 2, 2}, 3, 2), u))),
                GradientCase.of(
                        "Compress",
                        x,
                        (g, v) -> g.square(g.op(
                                "Compress",
                                Attributes.of("axis", 1),
                                v,
                                g.constant(Tensor.of(new boolean[] {true, false, true, true}, 4))))),
                GradientCase.of(
                        "Compress, all elements in a row, condition too short",
                        x,
                        (g, v) -> g.square(g.op(
                                "Compress",
                                v,
                                g.constant(Tensor.of(new boolean[] {false, true, true, false, true}, 5))))),
                GradientCase.of(
                        "ReverseSequence",
                        Input.of(4, 2, 3),
                        (g, v) -> g.square(g.op(
                                "ReverseSequence",
                                Attributes.of("time_axis", 0).with("batch_axis", 1),
                                v,
                                g.longs(3, 4)))));
    }
}

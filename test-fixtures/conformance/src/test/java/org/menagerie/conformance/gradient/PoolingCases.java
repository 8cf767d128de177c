package org.menagerie.conformance.gradient;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Pool;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Pools and resampling. */
final class PoolingCases {
    private PoolingCases() {}

    static List<GradientCase> all() {
        List<GradientCase> cases = new ArrayList<>(maxima());
        cases.addAll(unpooled());
        cases.addAll(averages());
        cases.addAll(adaptive());
        cases.addAll(resized());
        cases.addAll(aligned());
        return cases;
    }

    private static List<GradientCase> maxima() {
        Input x = Input.of(2, 2, 5, 6).spaced();
        return List.of(
                GradientCase.of("MaxPool, disjoint", x, (g, v) -> g.maxPool(v, 2)),
                GradientCase.of("MaxPool, disjoint, float32", x, (g, v) -> g.maxPool(v, 2))
                        .inFloat32()
                        .once(),
                GradientCase.of("MaxPool, disjoint, symbolic", x.declared("[N,2,H,W]"), (g, v) -> g.maxPool(v, 2)),
                GradientCase.of(
                        "MaxPool, overlapping",
                        x,
                        (g, v) -> g.maxPool(v, Pool.of(3).stride(2).pad(1))),
                GradientCase.of(
                                "MaxPool, overlapping, float32",
                                x,
                                (g, v) -> g.maxPool(v, Pool.of(3).stride(1)))
                        .inFloat32(),
                GradientCase.of(
                        "MaxPool, ceil mode",
                        x,
                        (g, v) -> g.maxPool(v, Pool.of(2).ceilMode())),
                GradientCase.of(
                        "MaxPool, 1-d, dilation",
                        Input.of(2, 2, 9).spaced(),
                        (g, v) -> g.op(
                                "MaxPool",
                                Attributes.of("kernel_shape", new long[] {3}).with("dilations", new long[] {2}),
                                v)),
                GradientCase.of("GlobalMaxPool, float32", x, GraphBuilder::globalMaxPool)
                        .inFloat32(),
                GradientCase.of(
                                "MaxUnpool",
                                Input.of(1, 1, 2, 2),
                                (g, v) -> g.square(g.op(
                                        "MaxUnpool",
                                        Attributes.of("kernel_shape", new long[] {2, 2})
                                                .with("strides", new long[] {2, 2}),
                                        v,
                                        g.constant(Tensor.of(new long[] {1, 6, 8, 15}, 1, 1, 2, 2)))))
                        .inFloat32());
    }

    /** Elements that lie where another input has its largest, which stays away from where they would move. */
    private static List<GradientCase> unpooled() {
        return List.of(
                unpool("disjoint", Input.of(2, 2, 4, 6), Input.of(2, 2, 2, 3), Pool.of(2)),
                unpool("disjoint, float32", Input.of(2, 2, 4, 6), Input.of(2, 2, 2, 3), Pool.of(2))
                        .inFloat32(),
                unpool("a rest", Input.of(2, 2, 5, 7), Input.of(2, 2, 2, 3), Pool.of(2)),
                unpool("a rest, float32", Input.of(2, 2, 5, 7), Input.of(2, 2, 2, 3), Pool.of(2))
                        .inFloat32(),
                unpool(
                        "symbolic",
                        Input.of(2, 2, 5, 7).declared("[N,2,H,W]"),
                        Input.of(2, 2, 2, 3).declared("[N,2,h,w]"),
                        Pool.of(2)),
                unpool(
                        "overlapping",
                        Input.of(2, 2, 5, 6),
                        Input.of(2, 2, 3, 3),
                        Pool.of(3).stride(2).pad(1)));
    }

    private static GradientCase unpool(String name, Input like, Input x, Pool pool) {
        return GradientCase.of("MaxUnpool, helper, " + name, like.spaced(), x, (g, v, w) -> {
            Value indices = g.maxPoolWithIndices(v, pool).get(1);
            return g.square(g.maxUnpool(w, indices, pool, v));
        });
    }

    private static List<GradientCase> adaptive() {
        return List.of(
                GradientCase.of(
                                "AveragePool, adaptive, windows of 3",
                                Input.of(1, 2, 6, 6),
                                (g, v) -> g.square(g.adaptiveAvgPool(v, 2)))
                        .inFloat32(),
                GradientCase.of(
                        "MatMul, adaptive pool, overlapping windows",
                        Input.of(1, 2, 5, 7),
                        (g, v) -> g.square(g.adaptiveAvgPool(v, 3))),
                GradientCase.of(
                        "MatMul, adaptive pool, repeated elements",
                        Input.of(2, 1, 1, 2),
                        (g, v) -> g.square(g.adaptiveAvgPool(v, 3))));
    }

    private static List<GradientCase> averages() {
        Input x = Input.of(2, 2, 5, 6);
        Input even = Input.of(2, 2, 4, 6);
        List<GradientCase> cases = new ArrayList<>(List.of(
                GradientCase.of("AveragePool, disjoint", even, (g, v) -> g.avgPool(v, 2)),
                GradientCase.of(
                        "AveragePool, disjoint, symbolic batch", even.declared("[N,2,4,6]"), (g, v) -> g.avgPool(v, 2)),
                GradientCase.of("AveragePool, disjoint, a rest", x, (g, v) -> g.avgPool(v, 2)),
                GradientCase.of(
                        "AveragePool, overlapping",
                        x,
                        (g, v) -> g.avgPool(v, Pool.of(3).stride(2))),
                GradientCase.of(
                        "AveragePool, padding counted",
                        x,
                        (g, v) -> g.avgPool(v, Pool.of(3).stride(2).pad(1))),
                GradientCase.of(
                        "AveragePool, padding ignored",
                        x,
                        (g, v) -> g.avgPool(v, Pool.of(3).stride(2).pad(1).ignorePadding())),
                GradientCase.of(
                        "AveragePool, ceil mode, padding counted",
                        x,
                        (g, v) -> g.avgPool(v, Pool.of(3).stride(2).pad(1).ceilMode())),
                GradientCase.of(
                        "AveragePool, ceil mode, padding ignored",
                        x,
                        (g, v) -> g.avgPool(v, Pool.of(2).stride(2).ceilMode().ignorePadding())),
                GradientCase.of(
                        "AveragePool, symbolic batch, overlapping",
                        x.declared("[N,2,5,6]"),
                        (g, v) -> g.avgPool(v, Pool.of(3).stride(1).pad(1))),
                GradientCase.of(
                        "AveragePool, symbolic extents, overlapping",
                        x.declared("[N,C,H,W]"),
                        (g, v) -> g.avgPool(v, Pool.of(3).stride(2))),
                GradientCase.of(
                        "AveragePool, symbolic extents, a rest", x.declared("[N,2,H,W]"), (g, v) -> g.avgPool(v, 2)),
                GradientCase.of(
                        "AveragePool, symbolic extents, padding counted",
                        x.declared("[N,2,H,W]"),
                        (g, v) -> g.avgPool(v, Pool.of(3).stride(2).pad(1))),
                GradientCase.of(
                        "AveragePool, symbolic extents, padding ignored",
                        x.declared("[N,2,H,W]"),
                        (g, v) -> g.avgPool(v, Pool.of(3).stride(2).pad(1).ignorePadding())),
                GradientCase.of(
                        "AveragePool, SAME_UPPER",
                        x,
                        (g, v) -> g.op(
                                "AveragePool",
                                Attributes.of("kernel_shape", new long[] {2, 3})
                                        .with("strides", new long[] {2, 2})
                                        .with("auto_pad", "SAME_UPPER"),
                                v)),
                GradientCase.of("GlobalAveragePool", x.declared("[N,2,H,W]"), GraphBuilder::globalAvgPool),
                GradientCase.of(
                        "LRN",
                        Input.of(2, 6, 2, 2),
                        (g, v) -> g.op(
                                "LRN",
                                Attributes.of("size", 3).with("alpha", 0.5).with("beta", 0.6),
                                v)),
                GradientCase.of(
                        "LRN, helper, a window wider than the channels",
                        Input.of(2, 4, 2, 2),
                        (g, v) -> g.lrn(v, 5, 0.9, 0.75, 2)),
                GradientCase.of(
                        "LRN, symbolic",
                        Input.of(2, 6, 2, 3).declared("[N,6,H,W]"),
                        (g, v) -> g.lrn(v, 3, 0.9, 0.75, 2))));
        return cases.stream().map(GradientCase::inFloat32).toList();
    }

    private static List<GradientCase> resized() {
        List<GradientCase> cases = new ArrayList<>();
        Input x = Input.of(1, 2, 4, 5);
        for (String coordinates : List.of("half_pixel", "pytorch_half_pixel", "asymmetric", "align_corners")) {
            for (String mode : List.of("nearest", "linear")) {
                Attributes attributes = Attributes.of("mode", mode).with("coordinate_transformation_mode", coordinates);
                cases.add(resize(", scales" + ", " + mode + ", " + coordinates, x, attributes, 2, 1.6f));
                cases.add(resize(", shrinking, " + mode + ", " + coordinates, x, attributes, 0.5f, 0.6f));
                cases.add(GradientCase.of(
                        "Resize, sizes, " + mode + ", " + coordinates,
                        x,
                        (g, v) -> g.square(g.op("Resize", attributes, v, null, null, g.longs(1, 2, 7, 3)))));
            }
        }
        Attributes floor = Attributes.of("mode", "nearest")
                .with("coordinate_transformation_mode", "asymmetric")
                .with("nearest_mode", "floor");
        cases.add(resize(", doubling, nearest, floor, symbolic", x.declared("[N,2,H,W]"), floor, 2, 2));
        cases.add(resize(", cubic", x, Attributes.of("mode", "cubic"), 2, 1.5f));
        cases.add(GradientCase.of(
                "Resize, 3-d nearest",
                Input.of(1, 1, 2, 3, 2),
                (g, v) -> g.square(g.op(
                        "Resize", floor, v, null, g.constant(Tensor.of(new float[] {1, 1, 2, 2, 2}, 5))))));
        return cases.stream().map(GradientCase::inFloat32).toList();
    }

    private static GradientCase resize(String name, Input x, Attributes attributes, float tall, float wide) {
        return GradientCase.of(
                "Resize" + name,
                x,
                (g, v) -> g.square(g.op(
                        "Resize", attributes, v, null, g.constant(Tensor.of(new float[] {1, 1, tall, wide}, 4)))));
    }

    private static List<GradientCase> aligned() {
        List<GradientCase> cases = new ArrayList<>();
        for (String mode : List.of("half_pixel", "output_half_pixel")) {
            for (int ratio : new int[] {0, 2}) {
                Attributes attributes = Attributes.of("coordinate_transformation_mode", mode)
                        .with("output_height", 2)
                        .with("output_width", 3)
                        .with("sampling_ratio", ratio)
                        .with("spatial_scale", 0.5);
                cases.add(GradientCase.of(
                        "RoiAlign, " + mode + ", sampling ratio " + ratio,
                        Input.of(2, 2, 5, 6),
                        (g, v) -> g.square(roiAlign(g, v, attributes))));
            }
        }
        return cases.stream().map(GradientCase::inFloat32).toList();
    }

    private static Value roiAlign(GraphBuilder g, Value x, Attributes attributes) {
        float[] boxes = {0, 0, 8, 9, 3, 2, 7, 10, 6, 5, 14, 16, 1, 1, 2, 2};
        Value regions = g.cast(g.constant(Tensor.of(boxes, 4, 4)), ElementType.FLOAT32);
        return g.op("RoiAlign", attributes, x, regions, g.longs(0, 1, 1, 0));
    }
}

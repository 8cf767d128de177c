package org.menagerie.conformance.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;

/** Normalisation, dropout and losses. */
final class NormalizationCases {
    private NormalizationCases() {}

    static List<GradientCase> all() {
        List<GradientCase> cases = new ArrayList<>(batch());
        cases.addAll(layer());
        cases.addAll(scaling());
        cases.addAll(losses());
        return cases;
    }

    private static List<GradientCase> batch() {
        Input c = Input.of(3);
        Input variance = Input.of(3).within(0.5, 2);
        List<GradientCase> cases = new ArrayList<>();
        for (Input x : List.of(
                Input.of(3, 3, 2, 2),
                Input.of(4, 3),
                Input.of(2, 3, 4),
                Input.of(3, 3, 2, 2).declared("[N,3,H,W]"))) {
            cases.add(GradientCase.many(
                    "BatchNormalization, batch statistics, " + x.dims(),
                    List.of(x, c, c),
                    (g, in) -> List.of(batchNormalization(g, in).get(0))));
            cases.add(GradientCase.many(
                    "BatchNormalization, running statistics, " + x.dims(),
                    List.of(x, c, c, c, variance),
                    (g, in) -> List.of(
                            g.op("BatchNormalization", in.get(0), in.get(1), in.get(2), in.get(3), in.get(4)))));
        }
        cases.add(GradientCase.many(
                "BatchNormalization, gradients through its mean and variance",
                List.of(Input.of(3, 3, 2), c, c),
                NormalizationCases::batchNormalization));
        cases.add(GradientCase.many(
                "BatchNormalization, gradients through its running outputs",
                List.of(Input.of(3, 3, 2), c, c, c, c),
                (g, in) -> g.ops(
                        "BatchNormalization",
                        Attributes.of("training_mode", true).with("momentum", 0.7),
                        3,
                        in.get(0),
                        in.get(1),
                        in.get(2),
                        g.tanh(in.get(3)),
                        g.exp(in.get(4)))));
        return cases;
    }

    /** The old statistics differ: ONNX Runtime keeps equal constants once, and writes the new ones over them. */
    private static List<Value> batchNormalization(GraphBuilder g, List<Value> in) {
        Attributes training = Attributes.of("training_mode", true).with("momentum", 0f);
        Value mean = g.constant(Input.tensor(in.get(0).element(), new double[3], new Shape(3)));
        Value variance = g.constant(Input.tensor(in.get(0).element(), new double[] {1, 1, 1}, new Shape(3)));
        return g.ops("BatchNormalization", training, 3, in.get(0), in.get(1), in.get(2), mean, variance);
    }

    private static List<GradientCase> layer() {
        Input x = Input.of(2, 3, 4);
        return List.of(
                GradientCase.many(
                        "LayerNormalization",
                        List.of(x, Input.of(4), Input.of(4)),
                        (g, in) -> List.of(g.op("LayerNormalization", in.get(0), in.get(1), in.get(2)))),
                GradientCase.of(
                        "LayerNormalization over two axes, no bias",
                        x,
                        Input.of(3, 4),
                        (g, v, w) -> g.op("LayerNormalization", Attributes.of("axis", 1), v, w)),
                GradientCase.many(
                                "LayerNormalization, gradients through all outputs",
                                List.of(x, Input.of(4), Input.of(4)),
                                (g, in) -> g.ops(
                                        "LayerNormalization", Attributes.NONE, 3, in.get(0), in.get(1), in.get(2)))
                        .inFloat32(),
                GradientCase.many(
                                "com.microsoft.SkipLayerNormalization",
                                List.of(x, x, Input.of(4), Input.of(4), Input.of(4)),
                                (g, in) -> List.of(g.microsoft(
                                        "SkipLayerNormalization",
                                        Attributes.of("epsilon", 1e-5),
                                        in.toArray(Value[]::new))))
                        .inFloat32(),
                GradientCase.many(
                                "InstanceNormalization",
                                List.of(Input.of(2, 3, 2, 3), Input.of(3), Input.of(3)),
                                (g, in) -> List.of(g.op("InstanceNormalization", in.toArray(Value[]::new))))
                        .inFloat32());
    }

    private static List<GradientCase> scaling() {
        Input x = Input.of(2, 3, 2, 2);
        return List.of(
                GradientCase.of("MeanVarianceNormalization", x, (g, v) -> g.op("MeanVarianceNormalization", v))
                        .inFloat32(),
                GradientCase.of(
                                "MeanVarianceNormalization over channels",
                                Input.of(2, 6, 2),
                                (g, v) -> g.op("MeanVarianceNormalization", Attributes.of("axes", new long[] {1}), v))
                        .inFloat32(),
                GradientCase.of("LpNormalization", Input.of(3, 4), (g, v) -> g.op("LpNormalization", v)),
                GradientCase.of(
                        "LpNormalization, p = 1, axis 0",
                        Input.of(3, 4).awayFrom(0.1, 0),
                        (g, v) -> g.op("LpNormalization", Attributes.of("p", 1).with("axis", 0), v)),
                GradientCase.of("Dropout in inference", Input.of(5), (g, v) -> g.square(g.op("Dropout", v))));
    }

    private static List<GradientCase> losses() {
        List<GradientCase> cases = new ArrayList<>();
        Input logits = Input.of(4, 4);
        Input image = Input.of(2, 4, 2);
        for (String reduction : List.of("mean", "sum", "none")) {
            for (boolean weighted : new boolean[] {false, true}) {
                for (boolean ignoring : new boolean[] {false, true}) {
                    Attributes plain = Attributes.of("reduction", reduction);
                    Attributes attributes = ignoring ? plain.with("ignore_index", -1) : plain;
                    String name =
                            ", " + reduction + (weighted ? ", weights" : "") + (ignoring ? ", ignored label" : "");
                    long[] labels = {ignoring ? -1 : 1, 3, 0, 2};
                    for (String op : List.of("SoftmaxCrossEntropyLoss", "NegativeLogLikelihoodLoss")) {
                        cases.add(loss(op, name, image, attributes, weighted, labels));
                    }
                    cases.add(loss(
                            "SoftmaxCrossEntropyLoss",
                            name + ", [N,C]",
                            logits.declared("[N,4]"),
                            attributes,
                            weighted,
                            labels));
                }
            }
        }
        cases.add(GradientCase.many(
                        "SoftmaxCrossEntropyLoss with its log-probabilities",
                        List.of(logits),
                        (g, in) -> g.ops("SoftmaxCrossEntropyLoss", Attributes.NONE, 2, in.get(0), g.longs(1, 3, 0, 2)))
                .inFloat32());
        cases.add(GradientCase.of(
                        "crossEntropy, smoothed",
                        logits.declared("[N,4]"),
                        (g, v) -> g.crossEntropy(v, g.longs(1, 3, 0, 2), 0.1))
                .inFloat32());
        cases.add(GradientCase.of(
                "crossEntropy without padding", logits, (g, v) -> g.crossEntropyWithout(v, g.longs(1, 0, 2, 3), 0)));
        cases.add(GradientCase.of("crossEntropy", logits, (g, v) -> g.crossEntropy(v, g.longs(1, 3, 0, 2))));
        for (double smoothing : new double[] {0, 0.1}) {
            cases.add(GradientCase.of(
                            "crossEntropy of a map, smoothing " + smoothing,
                            Input.of(2, 4, 2, 2).declared("[N,4,2,2]"),
                            (g, v) -> g.crossEntropy(
                                    v, g.constant(Tensor.of(new long[] {1, 3, 0, 2, 2, 0, 3, 3}, 2, 2, 2)), smoothing))
                    .inFloat32());
        }
        cases.add(GradientCase.of("meanSquaredError", logits, logits, (g, a, b) -> g.meanSquaredError(a, b)));
        cases.add(GradientCase.of(
                "smoothL1",
                Input.of(6).within(-2, 2).awayFrom(0.05, -0.5, 0, 0.5),
                (g, v) -> g.smoothL1(v, g.mul(v, 0), 0.5)));
        cases.add(GradientCase.of(
                        "binaryCrossEntropyWithLogits",
                        Input.of(2, 3).awayFrom(0.1, 0),
                        Input.of(2, 3).within(0.1, 0.9),
                        (g, v, t) -> g.binaryCrossEntropyWithLogits(v, t))
                .inFloat32());
        return cases;
    }

    private static GradientCase loss(
            String op, String name, Input x, Attributes attributes, boolean weighted, long[] labels) {
        return GradientCase.of(op + name, x, (g, v) -> {
                    long[] shape = v.rank() == 2
                            ? new long[] {4}
                            : new long[] {v.dim(0).value(), v.dim(2).value()};
                    int places = (int) java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact);
                    long[] each = IntStream.range(0, places)
                            .mapToLong(i -> labels[i % 4])
                            .toArray();
                    Value classes = g.constant(Tensor.of(each, shape));
                    Value weights = weighted
                            ? g.cast(g.constant(Tensor.of(new float[] {0.5f, 2, 1, 1.5f}, 4)), ElementType.FLOAT32)
                            : null;
                    Value scores = op.startsWith("Negative") ? g.logSoftmax(v, 1) : v;
                    return g.op(op, attributes, scores, classes, weights);
                })
                .inFloat32();
    }
}

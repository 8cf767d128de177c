package org.menagerie.conformance.gradient;

import java.util.List;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Pool;

/** Small networks with a loss: gradients and Hessian-vector products of input and all weights together. */
final class NetworkCases {
    private NetworkCases() {}

    static List<GradientCase> all() {
        Input x = Input.of(4, 3).declared("[N,3]");
        GradientCase perceptron = GradientCase.many(
                "perceptron, cross-entropy",
                List.of(x, Input.of(5, 3), Input.of(5), Input.of(4, 5), Input.of(4)),
                (g, in) -> {
                    Value hidden = g.tanh(g.gemm(in.get(0), false, in.get(1), true, in.get(2)));
                    Value logits = g.gemm(hidden, false, in.get(3), true, in.get(4));
                    return List.of(g.crossEntropy(logits, g.longs(1, 3, 0, 2)));
                });
        GradientCase attention = GradientCase.many(
                "attention, mean square",
                List.of(Input.of(2, 3, 4).declared("[N,T,4]"), Input.of(4, 4), Input.of(4, 4), Input.of(4, 4)),
                (g, in) -> {
                    Value q = g.matMul(in.get(0), in.get(1));
                    Value k = g.matMul(in.get(0), in.get(2));
                    Value v = g.matMul(in.get(0), in.get(3));
                    Value scores = g.softmax(g.mul(g.matMul(q, g.transpose(k, 0, 2, 1)), 0.5), -1);
                    return List.of(g.mean(g.square(g.matMul(scores, v))));
                });
        GradientCase convolutional = GradientCase.many(
                        "convolutional, cross-entropy",
                        List.of(
                                Input.of(3, 1, 6, 6).within(-1, 1),
                                Input.of(2, 1, 3, 3).within(-0.6, 0.6),
                                Input.of(3, 2, 3, 3).within(-0.6, 0.6),
                                Input.of(4, 12).within(-0.6, 0.6)),
                        (g, in) -> {
                            Value c1 = g.tanh(g.conv(
                                    in.get(0), in.get(1), null, Conv.kernel(3).pad(1)));
                            Value s2 = g.avgPool(c1, Pool.of(2));
                            Value c3 = g.sigmoid(g.conv(
                                    s2,
                                    in.get(2),
                                    null,
                                    Conv.kernel(3).stride(2).pad(1)));
                            Value logits = g.gemm(g.flatten(c3), false, in.get(3), true, null);
                            return List.of(g.mul(g.crossEntropy(logits, g.longs(1, 3, 0)), 4));
                        })
                .inFloat32();
        return List.of(perceptron, attention, convolutional);
    }
}

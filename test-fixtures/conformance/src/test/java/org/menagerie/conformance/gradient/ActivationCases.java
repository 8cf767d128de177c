package org.menagerie.conformance.gradient;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;

/** Activation functions, away from their kinks. */
final class ActivationCases {
    private ActivationCases() {}

    static List<GradientCase> all() {
        Input any = Input.of(2, 5);
        Input smooth = any.awayFrom(0.1, 0);
        List<GradientCase> cases = new ArrayList<>(List.of(
                GradientCase.of("Relu", smooth, GraphBuilder::relu),
                GradientCase.of("Relu, float32", smooth, GraphBuilder::relu).inFloat32(),
                GradientCase.of("LeakyRelu", smooth, (g, x) -> g.leakyRelu(x, 0.2))
                        .inFloat32(),
                GradientCase.of("PRelu", smooth, Input.of(5), GraphBuilder::prelu),
                GradientCase.of("PRelu, float32", smooth, Input.of(2, 1), GraphBuilder::prelu)
                        .inFloat32(),
                GradientCase.of("Elu", smooth, (g, x) -> g.elu(x, 1.5)).inFloat32(),
                GradientCase.of("Celu", smooth, (g, x) -> g.op("Celu", Attributes.of("alpha", 1.5), x))
                        .inFloat32(),
                GradientCase.of("Selu", smooth, GraphBuilder::selu).inFloat32(),
                GradientCase.of(
                                "ThresholdedRelu",
                                any.awayFrom(0.1, 0.5),
                                (g, x) -> g.op("ThresholdedRelu", Attributes.of("alpha", 0.5), x))
                        .inFloat32(),
                GradientCase.of("gelu from primitives", any, GraphBuilder::gelu).inFloat32(),
                GradientCase.of("com.microsoft.Gelu", any, (g, x) -> g.microsoft("Gelu", Attributes.NONE, x))
                        .inFloat32(),
                GradientCase.of("com.microsoft.FastGelu", any, (g, x) -> g.microsoft("FastGelu", Attributes.NONE, x))
                        .inFloat32(),
                GradientCase.of(
                                "com.microsoft.FastGelu with bias",
                                any,
                                Input.of(5),
                                (g, x, b) -> g.microsoft("FastGelu", Attributes.NONE, x, b))
                        .inFloat32(),
                GradientCase.of(
                                "com.microsoft.QuickGelu",
                                any,
                                (g, x) -> g.microsoft("QuickGelu", Attributes.of("alpha", 1.5), x))
                        .inFloat32(),
                GradientCase.of("Sigmoid", any, GraphBuilder::sigmoid),
                GradientCase.of("silu", any, GraphBuilder::silu).inFloat32(),
                GradientCase.of("HardSigmoid", any.awayFrom(0.1, -2, 3), (g, x) -> g.hardSigmoid(g.mul(x, 2), 0.2, 0.4))
                        .inFloat32(),
                GradientCase.of("HardSwish", Input.of(12).within(-5, 5).awayFrom(0.1, -3, 3), GraphBuilder::hardSwish)
                        .inFloat32(),
                GradientCase.of("Tanh", any, GraphBuilder::tanh),
                GradientCase.of("Softplus", any, GraphBuilder::softplus).inFloat32(),
                GradientCase.of("Softsign", smooth, GraphBuilder::softsign).inFloat32()));
        for (int axis : new int[] {-1, 0, 1}) {
            cases.add(GradientCase.of("Softmax, axis " + axis, Input.of(3, 2, 2), (g, x) -> g.softmax(x, axis)));
            cases.add(GradientCase.of("LogSoftmax, axis " + axis, Input.of(3, 2, 2), (g, x) -> g.logSoftmax(x, axis)));
        }
        return cases;
    }
}

package org.menagerie.graph.gradient;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The operators that no gradient passes through, each with the reason. */
final class NotDifferentiable {
    static final Map<String, String> REASONS = reasons();

    /** What inputs without a gradient are, by operator and place, for operators that have gradients of other inputs. */
    private static final Map<String, String> INPUTS = Map.of(
            "SoftmaxCrossEntropyLoss 2", "the weights of classes",
            "NegativeLogLikelihoodLoss 2", "the weights of classes",
            "RoiAlign 1", "the regions",
            "Resize 1", "the region that is resized",
            "Resize 2", "the scales",
            "Dropout 1", "the share that is dropped");

    private NotDifferentiable() {}

    /** What an input without a gradient is. */
    static String input(String operator, int input) {
        return INPUTS.getOrDefault(operator + " " + input, "input " + input);
    }

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new TreeMap<>();
        say(
                reasons,
                "its output is a truth value, which does not change gradually",
                "Equal Greater Less GreaterOrEqual LessOrEqual And Or Xor Not IsNaN IsInf");
        say(reasons, "it works on the bits of integers", "BitShift");
        say(
                reasons,
                "it gives positions, which do not change gradually",
                "ArgMax ArgMin NonZero NonMaxSuppression Hardmax");
        say(
                reasons,
                "its output depends on the shape of its input only, or on nothing",
                "Shape Size Constant ConstantOfShape EyeLike RandomNormalLike RandomUniformLike");
        say(reasons, "it counts, and how many elements it gives depends on its inputs", "Range");
        say(reasons, "it draws at random; feed noise as an input and compute with it instead", "Bernoulli Multinomial");
        say(reasons, "it turns indices into marks; the two values that it marks with are taken as constants", "OneHot");
        say(
                reasons,
                "it works on rounded integers; train the float32 model and quantize afterwards",
                "MatMulInteger QuantizeLinear DequantizeLinear DynamicQuantizeLinear");
        say(reasons, "it has no rule; pool powers with AveragePool and take the root, which has one", "LpPool");
        say(reasons, "it has no rule; resample at fixed places with Resize or RoiAlign, which have one", "GridSample");
        return Map.copyOf(reasons);
    }

    private static void say(Map<String, String> reasons, String reason, String operators) {
        List.of(operators.split(" ")).forEach(operator -> reasons.put(operator, reason));
    }
}

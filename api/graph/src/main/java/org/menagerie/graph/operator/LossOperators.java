package org.menagerie.graph.operator;

import static org.menagerie.graph.operator.Operator.operator;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.Dim;
import org.menagerie.graph.TensorType;

/** ONNX's loss operators over scores {@code [N, C, d...]} and class indices {@code [N, d...]}. */
final class LossOperators {
    private LossOperators() {}

    static List<Operator> all() {
        return List.of(
                operator(
                        "SoftmaxCrossEntropyLoss",
                        2,
                        3,
                        "ignore_index:int reduction:text",
                        call -> List.of(loss(call), call.type(0))),
                operator(
                        "NegativeLogLikelihoodLoss",
                        2,
                        3,
                        "ignore_index:int reduction:text",
                        call -> List.of(loss(call))));
    }

    private static TensorType loss(Call call) {
        TensorType scores = call.type(0);
        call.requireRank(1, scores.rank() - 1);
        if (!call.attributes().getText("reduction", "mean").equals("none")) {
            return scores.withDims(List.of());
        }
        List<Dim> dims = new ArrayList<>(scores.dims());
        dims.remove(1);
        return scores.withDims(dims);
    }
}

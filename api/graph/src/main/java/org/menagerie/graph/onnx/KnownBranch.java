package org.menagerie.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Dim;
import org.menagerie.graph.Value;

/**
 * The branch of an {@code If} whose condition is known while the file is read. PyTorch's {@code squeeze} is exported as
 * such a node: it asks whether an extent is 1.
 */
final class KnownBranch {
    private KnownBranch() {}

    /** The branch that is taken, or empty where only a run can tell. */
    static Optional<GraphProto> of(NodeProto node, List<@Nullable Value> inputs) {
        Value condition = inputs.size() == 1 ? inputs.get(0) : null;
        if (condition == null) {
            return Optional.empty();
        }
        return condition
                .contents()
                .filter(elements -> elements.size() == 1 && elements.get(0).isFixed())
                .flatMap(elements -> branch(node, elements.get(0)));
    }

    private static Optional<GraphProto> branch(NodeProto node, Dim condition) {
        String wanted = condition.is(0) ? "else_branch" : "then_branch";
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(wanted) && attribute.hasG())
                .map(AttributeProto::getG)
                .findFirst();
    }
}

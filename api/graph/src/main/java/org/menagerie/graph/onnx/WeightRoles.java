package org.menagerie.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.menagerie.spi.ElementType;

/**
 * Tells weights from other constants. A file does not say which of its tensors were trained; how they are used does.
 */
final class WeightRoles {
    /** What a constant tensor of a file is. */
    enum Role {
        /** A weight or bias, which training may move. */
        PARAMETER,
        /** A running statistic. */
        BUFFER,
        /** An index, shape, scale or literal. */
        CONSTANT
    }

    private record Use(String op, int input) {}

    /** Inputs that are settings or quantisation scales, never weights. */
    private static final Set<Use> SETTINGS = Set.of(
            new Use("Resize", 1),
            new Use("Resize", 2),
            new Use("Upsample", 1),
            new Use("Pad", 2),
            new Use("Clip", 1),
            new Use("Clip", 2),
            new Use("OneHot", 2),
            new Use("Dropout", 1),
            new Use("RoiAlign", 1),
            new Use("SoftmaxCrossEntropyLoss", 2),
            new Use("NegativeLogLikelihoodLoss", 2),
            new Use("Range", 0),
            new Use("Range", 1),
            new Use("Range", 2),
            new Use("QuantizeLinear", 1),
            new Use("DequantizeLinear", 1),
            new Use("NonMaxSuppression", 3),
            new Use("NonMaxSuppression", 4));

    private static final Set<Use> STATISTICS =
            Set.of(new Use("BatchNormalization", 3), new Use("BatchNormalization", 4));

    /** Operators whose one-element operands are literals of a formula. */
    private static final Set<String> FORMULAS = Set.of(
            "Div", "Pow", "Sub", "Min", "Max", "Where", "Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual");

    private final Map<String, List<Use>> uses = new HashMap<>();

    private WeightRoles() {}

    static WeightRoles of(GraphProto graph) {
        WeightRoles roles = new WeightRoles();
        roles.collect(graph);
        return roles;
    }

    private void collect(GraphProto graph) {
        for (NodeProto node : graph.getNodeList()) {
            for (int i = 0; i < node.getInputCount(); i++) {
                uses.computeIfAbsent(node.getInput(i), key -> new ArrayList<>()).add(new Use(node.getOpType(), i));
            }
            node.getAttributeList().stream().filter(AttributeProto::hasG).forEach(body -> collect(body.getG()));
        }
    }

    /**
     * The role of a tensor.
     *
     * @param literal true if a Constant node gives it, false of an initializer
     */
    Role of(String name, ElementType element, int size, int rank, boolean literal) {
        List<Use> users = uses.getOrDefault(name, List.of());
        if (!element.isFloating() || rank == 0 || size == 0 || users.stream().anyMatch(SETTINGS::contains)) {
            return Role.CONSTANT;
        }
        if (users.stream().anyMatch(STATISTICS::contains)) {
            return Role.BUFFER;
        }
        boolean formula = users.stream()
                .allMatch(use -> FORMULAS.contains(use.op())
                        || (literal && (use.op().equals("Mul") || use.op().equals("Add"))));
        return size == 1 && formula ? Role.CONSTANT : Role.PARAMETER;
    }
}

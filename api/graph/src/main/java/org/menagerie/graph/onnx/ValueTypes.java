package org.menagerie.graph.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Dim;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;

/** What a file says about the types of values. */
final class ValueTypes {
    private ValueTypes() {}

    /**
     * The type that a file declares; null if it does not tell the number of axes or an element type that we know.
     *
     * @param otherwise stands in for what is not declared
     */
    static @Nullable TensorType read(ValueInfoProto info, @Nullable TensorType otherwise) {
        if (!info.hasType()) {
            return otherwise;
        }
        TypeProto.Tensor proto = info.getType().getTensorType();
        ElementType element = Arrays.stream(ElementType.values())
                .filter(type -> type.onnxCode() == proto.getElemType())
                .findFirst()
                .orElse(null);
        if (!info.getType().hasTensorType() || element == null || !proto.hasShape()) {
            return otherwise;
        }
        List<Dim> dims = new ArrayList<>();
        for (Dimension dim : proto.getShape().getDimList()) {
            dims.add(extent(dim, info.getName() + "_" + dims.size()));
        }
        return new TensorType(element, dims);
    }

    private static Dim extent(Dimension dim, String otherwise) {
        if (dim.hasDimValue() && dim.getDimValue() >= 0) {
            return Dim.of(dim.getDimValue());
        }
        boolean named = !dim.getDimParam().isEmpty() && !dim.getDimParam().startsWith("?");
        return Dim.symbol(named ? dim.getDimParam() : otherwise);
    }

    /** The types of what a body's inputs receive, as far as the node that runs it tells. */
    static List<@Nullable TensorType> ofBodyInputs(NodeProto node, List<@Nullable Value> operands) {
        return switch (node.getOpType()) {
            case "Loop" -> ofLoop(operands);
            case "Scan" -> ofScan(node, operands);
            default -> List.of();
        };
    }

    /** What a loop carries may change its extents from one iteration to the next, but not its number of axes. */
    private static List<@Nullable TensorType> ofLoop(List<@Nullable Value> operands) {
        List<@Nullable TensorType> types = new ArrayList<>();
        types.add(TensorType.of(ElementType.INT64));
        types.add(TensorType.of(ElementType.BOOL));
        for (int i = 2; i < operands.size(); i++) {
            TensorType type = typeOf(operands.get(i));
            types.add(type == null ? null : withOpenExtents(type, "?carried_" + i));
        }
        return types;
    }

    private static TensorType withOpenExtents(TensorType type, String prefix) {
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < type.rank(); axis++) {
            dims.add(Dim.symbol(prefix + "_" + axis));
        }
        return type.withDims(dims);
    }

    /** State as it is, then what is scanned without the scanned axis. */
    private static List<@Nullable TensorType> ofScan(NodeProto node, List<@Nullable Value> operands) {
        long scanned = 1;
        List<Long> axes = List.of();
        for (var attribute : node.getAttributeList()) {
            if (attribute.getName().equals("num_scan_inputs")) {
                scanned = attribute.getI();
            } else if (attribute.getName().equals("scan_input_axes")) {
                axes = attribute.getIntsList();
            }
        }
        List<@Nullable TensorType> types = new ArrayList<>();
        long states = operands.size() - scanned;
        for (int i = 0; i < operands.size(); i++) {
            TensorType type = typeOf(operands.get(i));
            int scan = (int) (i - states);
            if (type != null && scan >= 0) {
                long axis = scan < axes.size() ? axes.get(scan) : 0;
                List<Dim> dims = new ArrayList<>(type.dims());
                dims.remove((int) (axis < 0 ? axis + dims.size() : axis));
                type = type.withDims(dims);
            }
            types.add(type);
        }
        return types;
    }

    private static @Nullable TensorType typeOf(@Nullable Value value) {
        return value == null || !value.isTyped() ? null : value.type();
    }
}

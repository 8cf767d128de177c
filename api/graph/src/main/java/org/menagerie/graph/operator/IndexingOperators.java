package org.menagerie.graph.operator;

import static org.menagerie.graph.operator.Operator.operator;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.Dim;
import org.menagerie.graph.TensorType;
import org.menagerie.spi.ElementType;

/** Operators that gather, scatter or select by index. */
final class IndexingOperators {
    private IndexingOperators() {}

    static List<Operator> all() {
        return List.of(
                operator("Gather", 2, 2, "axis:int", IndexingOperators::gather),
                operator(
                        "GatherElements",
                        2,
                        2,
                        "axis:int",
                        call -> List.of(call.type(1).withElement(call.type(0).element()))),
                operator("GatherND", 2, 2, "batch_dims:int", IndexingOperators::gatherNd),
                operator("ScatterElements", 3, 3, "axis:int reduction:text", ElementwiseOperators::same),
                operator("ScatterND", 3, 3, "reduction:text", ElementwiseOperators::same),
                operator("OneHot", 3, 3, "axis:int", IndexingOperators::oneHot),
                operator(
                        "NonZero",
                        1,
                        1,
                        "",
                        call -> List.of(new TensorType(
                                ElementType.INT64, List.of(Dim.of(call.type(0).rank()), call.unknownDim())))),
                operator("Compress", 2, 2, "axis:int", IndexingOperators::compress),
                operator("ReverseSequence", 2, 2, "batch_axis:int time_axis:int", ElementwiseOperators::same),
                operator(
                        "NonMaxSuppression",
                        2,
                        5,
                        "center_point_box:int",
                        call -> List.of(new TensorType(ElementType.INT64, List.of(call.unknownDim(), Dim.of(3))))),
                operator("Multinomial", 1, 1, "dtype:int sample_size:int seed:float", IndexingOperators::multinomial));
    }

    private static List<TensorType> gather(Call call) {
        TensorType data = call.type(0);
        int axis = call.axis("axis", 0, data.rank());
        List<Dim> dims = new ArrayList<>(data.dims().subList(0, axis));
        dims.addAll(call.type(1).dims());
        dims.addAll(data.dims().subList(axis + 1, data.rank()));
        return List.of(data.withDims(dims));
    }

    private static List<TensorType> gatherNd(Call call) {
        TensorType data = call.type(0);
        TensorType indices = call.type(1);
        Dim depth = indices.dim(-1);
        if (!depth.isFixed()) {
            throw call.undetermined("needs a fixed last extent of its indices; found %s", indices);
        }
        int batch = (int) call.attributes().getInt("batch_dims", 0);
        List<Dim> dims = new ArrayList<>(indices.dims().subList(0, indices.rank() - 1));
        dims.addAll(data.dims().subList(batch + (int) depth.value(), data.rank()));
        return List.of(data.withDims(dims));
    }

    private static List<TensorType> oneHot(Call call) {
        TensorType indices = call.type(0);
        int axis = call.axis("axis", -1, indices.rank() + 1);
        List<Dim> dims = new ArrayList<>(indices.dims());
        dims.add(axis, call.contents(1).map(c -> c.get(0)).orElseGet(call::unknownDim));
        return List.of(new TensorType(call.type(2).element(), dims));
    }

    private static List<TensorType> compress(Call call) {
        if (!call.attributes().has("axis")) {
            return List.of(call.type(0).withDims(List.of(call.unknownDim())));
        }
        return List.of(call.type(0).withDim(call.axis("axis", 0, call.type(0).rank()), call.unknownDim()));
    }

    private static List<TensorType> multinomial(Call call) {
        ElementType element = ElementType.ofOnnxCode((int) call.attributes().getInt("dtype", 6));
        return List.of(new TensorType(
                element, List.of(call.type(0).dim(0), Dim.of(call.attributes().getInt("sample_size", 1)))));
    }
}

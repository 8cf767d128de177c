package org.menagerie.graph.operator;

import static org.menagerie.graph.operator.Operator.VARIADIC;
import static org.menagerie.graph.operator.Operator.operator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.Dim;
import org.menagerie.graph.TensorType;
import org.menagerie.spi.ElementType;

/** Matrix products. */
final class LinearOperators {
    private LinearOperators() {}

    static List<Operator> all() {
        return List.of(
                operator("MatMul", 2, 2, "", call -> matMul(call, call.type(0), call.type(1))),
                operator(
                                "FusedMatMul",
                                2,
                                2,
                                "alpha:float transA:int transB:int transBatchA:int transBatchB:int",
                                LinearOperators::fusedMatMul)
                        .in("com.microsoft"),
                operator("Gemm", 2, 3, "alpha:float beta:float transA:int transB:int", LinearOperators::gemm),
                operator("Einsum", 1, VARIADIC, "equation:text", LinearOperators::einsum),
                operator(
                        "MatMulInteger",
                        2,
                        4,
                        "",
                        call -> List.of(
                                matMul(call, call.type(0), call.type(1)).get(0).withElement(ElementType.INT32))),
                operator(
                        "QuantizeLinear",
                        2,
                        3,
                        "axis:int",
                        call -> List.of(call.type(0)
                                .withElement(call.has(2) ? call.type(2).element() : ElementType.UINT8))),
                operator(
                        "DequantizeLinear",
                        2,
                        3,
                        "axis:int",
                        call -> List.of(call.type(0).withElement(call.type(1).element()))),
                operator(
                        "DynamicQuantizeLinear",
                        1,
                        1,
                        "",
                        call -> List.of(
                                call.type(0).withElement(ElementType.UINT8),
                                TensorType.of(ElementType.FLOAT32),
                                TensorType.of(ElementType.UINT8))));
    }

    private static List<TensorType> matMul(Call call, TensorType a, TensorType b) {
        if (a.rank() == 0 || b.rank() == 0) {
            throw call.fail("needs vectors or matrices");
        }
        List<Dim> left = new ArrayList<>(a.dims());
        List<Dim> right = new ArrayList<>(b.dims());
        if (a.rank() == 1) {
            left.add(0, Dim.of(1));
        }
        if (b.rank() == 1) {
            right.add(Dim.of(1));
        }
        call.requireEqual(left.get(left.size() - 1), right.get(right.size() - 2), "inner extents must agree");
        List<Dim> dims =
                Broadcasting.broadcast(call, left.subList(0, left.size() - 2), right.subList(0, right.size() - 2));
        if (a.rank() > 1) {
            dims.add(left.get(left.size() - 2));
        }
        if (b.rank() > 1) {
            dims.add(right.get(right.size() - 1));
        }
        return List.of(a.withDims(dims));
    }

    private static List<TensorType> fusedMatMul(Call call) {
        return matMul(
                call,
                call.attributes().getFlag("transA") ? transposed(call.type(0)) : call.type(0),
                call.attributes().getFlag("transB") ? transposed(call.type(1)) : call.type(1));
    }

    private static TensorType transposed(TensorType type) {
        return type.withDim(-1, type.dim(-2)).withDim(-2, type.dim(-1));
    }

    private static List<TensorType> gemm(Call call) {
        TensorType a = call.requireRank(0, 2);
        TensorType b = call.requireRank(1, 2);
        if (call.attributes().getFlag("transA")) {
            a = transposed(a);
        }
        if (call.attributes().getFlag("transB")) {
            b = transposed(b);
        }
        call.requireEqual(a.dim(1), b.dim(0), "inner extents must agree");
        TensorType result = a.withDim(1, b.dim(1));
        if (call.has(2)) {
            Broadcasting.broadcast(call, result.dims(), call.type(2).dims());
        }
        return List.of(result);
    }

    private static List<TensorType> einsum(Call call) {
        List<Integer> ranks = new ArrayList<>();
        for (int i = 0; i < call.inputs().size(); i++) {
            ranks.add(call.type(i).rank());
        }
        EinsumEquation equation = EinsumEquation.parse(call.attributes().getText("equation", ""), ranks);
        Map<Character, Dim> extents = new LinkedHashMap<>();
        for (int i = 0; i < ranks.size(); i++) {
            for (int axis = 0; axis < ranks.get(i); axis++) {
                char label = equation.inputs().get(i).charAt(axis);
                Dim extent = call.type(i).dim(axis);
                Dim before = extents.get(label);
                if (before != null && !before.is(1) && !extent.is(1)) {
                    call.requireEqual(before, extent, "extent of '" + label + "' must agree");
                }
                if (before == null || before.is(1) || (extent.isFixed() && !extent.is(1))) {
                    extents.put(label, extent);
                }
            }
        }
        List<Dim> dims = new ArrayList<>();
        for (char label : equation.output().toCharArray()) {
            Dim dim = extents.get(label);
            if (dim == null) {
                throw call.fail("output label '%c' is in no input", label);
            }
            dims.add(dim);
        }
        return List.of(call.type(0).withDims(dims));
    }
}

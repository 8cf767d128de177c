package org.menagerie.graph.operator;

import static org.menagerie.graph.operator.Operator.VARIADIC;
import static org.menagerie.graph.operator.Operator.operator;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.Dim;
import org.menagerie.graph.TensorType;
import org.menagerie.spi.ElementType;

/** Arithmetic, comparison, logic and activation operators: one output, element by element. */
final class ElementwiseOperators {
    private static final String MICROSOFT = "com.microsoft";

    private ElementwiseOperators() {}

    static List<Operator> all() {
        List<Operator> all = new ArrayList<>();
        for (String name : List.of(
                "Abs",
                "Neg",
                "Exp",
                "Log",
                "Sqrt",
                "Reciprocal",
                "Sin",
                "Cos",
                "Tan",
                "Asin",
                "Acos",
                "Atan",
                "Sinh",
                "Cosh",
                "Asinh",
                "Acosh",
                "Atanh",
                "Erf",
                "Floor",
                "Ceil",
                "Round",
                "Sign",
                "Relu",
                "Sigmoid",
                "Tanh",
                "Softplus",
                "Softsign",
                "HardSwish",
                "Identity",
                "Not")) {
            all.add(operator(name, 1, 1, "", ElementwiseOperators::same));
        }
        all.add(operator("LeakyRelu", 1, 1, "alpha:float", ElementwiseOperators::same));
        all.add(operator("Elu", 1, 1, "alpha:float", ElementwiseOperators::same));
        all.add(operator("Celu", 1, 1, "alpha:float", ElementwiseOperators::same));
        all.add(operator("Selu", 1, 1, "alpha:float gamma:float", ElementwiseOperators::same));
        all.add(operator("ThresholdedRelu", 1, 1, "alpha:float", ElementwiseOperators::same));
        all.add(operator("HardSigmoid", 1, 1, "alpha:float beta:float", ElementwiseOperators::same));
        all.add(operator("Softmax", 1, 1, "axis:int", ElementwiseOperators::same));
        all.add(operator("LogSoftmax", 1, 1, "axis:int", ElementwiseOperators::same));
        all.add(operator("Hardmax", 1, 1, "axis:int", ElementwiseOperators::same));
        all.add(operator("Clip", 1, 3, "", ElementwiseOperators::same));
        all.add(operator("CumSum", 2, 2, "exclusive:int reverse:int", ElementwiseOperators::same));
        all.add(operator("Trilu", 1, 2, "upper:int", ElementwiseOperators::same));
        all.add(operator("Gelu", 1, 1, "", ElementwiseOperators::same).in(MICROSOFT));
        all.add(operator("FastGelu", 1, 2, "", ElementwiseOperators::same).in(MICROSOFT));
        all.add(operator("QuickGelu", 1, 1, "alpha:float", ElementwiseOperators::same)
                .in(MICROSOFT));
        all.add(operator("IsNaN", 1, 1, "", ElementwiseOperators::truth));
        all.add(operator("IsInf", 1, 1, "detect_negative:int detect_positive:int", ElementwiseOperators::truth));
        for (String name : List.of("Add", "Sub", "Mul", "Div")) {
            all.add(operator(name, 2, 2, "", ElementwiseOperators::broadcast));
        }
        all.add(operator("Mod", 2, 2, "fmod:int", ElementwiseOperators::broadcast));
        all.add(operator("BitShift", 2, 2, "direction:text", ElementwiseOperators::broadcast));
        all.add(operator(
                "Pow",
                2,
                2,
                "",
                call -> List.of(call.type(0)
                        .withDims(Broadcasting.broadcast(
                                call, call.type(0).dims(), call.type(1).dims())))));
        all.add(operator("PRelu", 2, 2, "", ElementwiseOperators::broadcast));
        for (String name : List.of("Min", "Max", "Sum", "Mean")) {
            all.add(operator(name, 1, VARIADIC, "", ElementwiseOperators::broadcast));
        }
        for (String name : List.of("Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual", "And", "Or", "Xor")) {
            all.add(operator(
                    name, 2, 2, "", call -> List.of(broadcast(call).get(0).withElement(ElementType.BOOL))));
        }
        all.add(operator("Where", 3, 3, "", ElementwiseOperators::where));
        all.add(operator("Cast", 1, 1, "to:int", ElementwiseOperators::cast));
        all.add(operator(
                "CastLike",
                2,
                2,
                "",
                call -> List.of(call.type(0).withElement(call.type(1).element()))));
        return all;
    }

    static List<TensorType> same(Call call) {
        return List.of(call.type(0));
    }

    private static List<TensorType> truth(Call call) {
        return List.of(call.type(0).withElement(ElementType.BOOL));
    }

    private static List<TensorType> broadcast(Call call) {
        TensorType result = call.type(0);
        for (int i = 1; i < call.inputs().size(); i++) {
            TensorType next = call.type(i);
            if (next.element() != result.element()) {
                throw call.fail(
                        "needs inputs of one element type; found %s and %s",
                        result.element().shortName(), next.element().shortName());
            }
            result = result.withDims(Broadcasting.broadcast(call, result.dims(), next.dims()));
        }
        return List.of(result);
    }

    private static List<TensorType> where(Call call) {
        call.requireElement(0, ElementType.BOOL);
        call.requireElement(2, call.type(1).element());
        List<Dim> dims =
                Broadcasting.broadcast(call, call.type(1).dims(), call.type(2).dims());
        return List.of(call.type(1)
                .withDims(Broadcasting.broadcast(call, dims, call.type(0).dims())));
    }

    private static List<TensorType> cast(Call call) {
        return List.of(call.type(0)
                .withElement(ElementType.ofOnnxCode((int) call.attributes().getInt("to", 0))));
    }
}

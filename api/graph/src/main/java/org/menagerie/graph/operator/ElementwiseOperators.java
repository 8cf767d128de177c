package org.menagerie.graph.operator;

import static org.menagerie.graph.operator.Operator.VARIADIC;
import static org.menagerie.graph.operator.Operator.of;

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
            all.add(of(name, 1, 1, "", ElementwiseOperators::same));
        }
        all.add(of("LeakyRelu", 1, 1, "alpha:float", ElementwiseOperators::same));
        all.add(of("Elu", 1, 1, "alpha:float", ElementwiseOperators::same));
        all.add(of("Celu", 1, 1, "alpha:float", ElementwiseOperators::same));
        all.add(of("Selu", 1, 1, "alpha:float gamma:float", ElementwiseOperators::same));
        all.add(of("ThresholdedRelu", 1, 1, "alpha:float", ElementwiseOperators::same));
        all.add(of("HardSigmoid", 1, 1, "alpha:float beta:float", ElementwiseOperators::same));
        all.add(of("Softmax", 1, 1, "axis:int", ElementwiseOperators::same));
        all.add(of("LogSoftmax", 1, 1, "axis:int", ElementwiseOperators::same));
        all.add(of("Hardmax", 1, 1, "axis:int", ElementwiseOperators::same));
        all.add(of("Clip", 1, 3, "", ElementwiseOperators::same));
        all.add(of("CumSum", 2, 2, "exclusive:int reverse:int", ElementwiseOperators::same));
        all.add(of("Trilu", 1, 2, "upper:int", ElementwiseOperators::same));
        all.add(of("Gelu", 1, 1, "", ElementwiseOperators::same).in(MICROSOFT));
        all.add(of("FastGelu", 1, 2, "", ElementwiseOperators::same).in(MICROSOFT));
        all.add(of("QuickGelu", 1, 1, "alpha:float", ElementwiseOperators::same).in(MICROSOFT));
        all.add(of("IsNaN", 1, 1, "", ElementwiseOperators::truth));
        all.add(of("IsInf", 1, 1, "detect_negative:int detect_positive:int", ElementwiseOperators::truth));
        for (String name : List.of("Add", "Sub", "Mul", "Div")) {
            all.add(of(name, 2, 2, "", ElementwiseOperators::broadcast));
        }
        all.add(of("Mod", 2, 2, "fmod:int", ElementwiseOperators::broadcast));
        all.add(of("BitShift", 2, 2, "direction:text", ElementwiseOperators::broadcast));
        all.add(of(
                "Pow",
                2,
                2,
                "",
                call -> List.of(call.type(0)
                        .withDims(Broadcasting.broadcast(
                                call, call.type(0).dims(), call.type(1).dims())))));
        all.add(of("PRelu", 2, 2, "", ElementwiseOperators::broadcast));
        for (String name : List.of("Min", "Max", "Sum", "Mean")) {
            all.add(of(name, 1, VARIADIC, "", ElementwiseOperators::broadcast));
        }
        for (String name : List.of("Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual", "And", "Or", "Xor")) {
            all.add(of(name, 2, 2, "", call -> List.of(broadcast(call).get(0).withElement(ElementType.BOOL))));
        }
        all.add(of("Where", 3, 3, "", ElementwiseOperators::where));
        all.add(of("Cast", 1, 1, "to:int", ElementwiseOperators::cast));
        all.add(of(
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

package org.menagerie.conformance.gradient;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Arithmetic element by element, with every way of broadcasting. */
final class ArithmeticCases {
    private ArithmeticCases() {}

    static List<GradientCase> all() {
        List<GradientCase> cases = new ArrayList<>(broadcasting());
        cases.addAll(unary());
        cases.addAll(binary());
        return cases;
    }

    private static List<GradientCase> broadcasting() {
        return List.of(
                GradientCase.of("Mul, same shape", Input.of(2, 3), Input.of(2, 3), GraphBuilder::mul),
                GradientCase.of("Mul, lower rank", Input.of(2, 3), Input.of(3), GraphBuilder::mul),
                GradientCase.of("Mul, extents 1 on both sides", Input.of(2, 1, 3), Input.of(4, 1), GraphBuilder::mul),
                GradientCase.of("Mul, scalar", Input.of(2, 3), Input.of(), GraphBuilder::mul),
                GradientCase.of("Mul, one-element vector", Input.of(2, 3), Input.of(1), GraphBuilder::mul),
                GradientCase.of(
                        "Mul, symbolic batch", Input.of(2, 3).declared("[N,3]"), Input.of(1, 3), GraphBuilder::mul),
                GradientCase.of(
                        "Mul, a symbol that turns out to be 1",
                        Input.of(2, 3),
                        Input.of(1, 3).declared("[N,3]"),
                        GraphBuilder::mul),
                GradientCase.of(
                        "Mul, a symbol that turns out to be 1 against another of lower rank",
                        Input.of(4, 2, 3),
                        Input.of(1, 3).declared("[N,3]"),
                        GraphBuilder::mul),
                GradientCase.of("Mul, with itself", Input.of(3), (g, x) -> g.mul(x, x)));
    }

    private static List<GradientCase> unary() {
        List<GradientCase> cases = new ArrayList<>();
        Input any = Input.of(7);
        Input positive = Input.of(7).within(0.4, 3);
        for (String op : List.of("Neg", "Exp", "Sin", "Cos", "Identity")) {
            cases.add(GradientCase.of(op, any, (g, x) -> g.op(op, x)));
        }
        for (String op : List.of("Log", "Sqrt", "Reciprocal")) {
            cases.add(GradientCase.of(op, positive, (g, x) -> g.op(op, x)));
        }
        for (String op : List.of("Sinh", "Cosh", "Atan", "Asinh")) {
            cases.add(GradientCase.of(op, any, (g, x) -> g.op(op, x)).inFloat32());
        }
        for (String op : List.of("Tan", "Asin", "Acos", "Atanh")) {
            Input inside = Input.of(7).within(-0.6, 0.6);
            cases.add(GradientCase.of(op, inside, (g, x) -> g.op(op, x)).inFloat32());
        }
        cases.add(GradientCase.of("Acosh", Input.of(7).within(1.5, 3), (g, x) -> g.op("Acosh", x))
                .inFloat32());
        cases.add(GradientCase.of("Abs", any.awayFrom(0.1, 0), GraphBuilder::abs));
        cases.add(GradientCase.of("Erf", any, GraphBuilder::erf).inFloat32());
        for (String op : List.of("Sign", "Floor", "Ceil", "Round")) {
            Input offGrid = Input.of(7).within(0.55, 0.95);
            cases.add(GradientCase.of(op + " is flat", offGrid, (g, v) -> g.add(g.op(op, v), v)));
        }
        cases.add(GradientCase.of(
                        "Cast to float32 and back",
                        any,
                        (g, x) -> g.cast(g.cast(g.mul(x, 3), ElementType.FLOAT64), ElementType.FLOAT32))
                .inFloat32());
        cases.add(GradientCase.of("CastLike", any, (g, x) -> g.op("CastLike", x, g.scalar(ElementType.FLOAT64, 0))));
        cases.add(GradientCase.many(
                "Clip, gradients of its bounds",
                List.of(
                        Input.of(9).within(-3, 3),
                        Input.of().within(-1.1, -0.9),
                        Input.of().within(0.9, 1.1)),
                (g, in) -> List.of(g.square(g.op("Clip", in.get(0), in.get(1), in.get(2))))));
        cases.add(GradientCase.of("Clip", Input.of(9).within(-2, 2).awayFrom(0.05, -1, 1), (g, x) -> g.clip(x, -1, 1)));
        cases.add(GradientCase.of(
                "Clip, one bound",
                Input.of(9).within(-2, 2).awayFrom(0.05, 0.5),
                (g, x) -> g.op("Clip", x, null, g.scalar(x.element(), 0.5))));
        return cases;
    }

    private static List<GradientCase> binary() {
        Input wide = Input.of(2, 3);
        Input row = Input.of(3);
        Input positive = Input.of(2, 3).within(0.4, 2);
        return List.of(
                GradientCase.of("Add", wide, row, GraphBuilder::add),
                GradientCase.of("Sub", wide, row, GraphBuilder::sub),
                GradientCase.of("Sub, from a row", row, wide, GraphBuilder::sub),
                GradientCase.of("Div", wide, row.within(0.5, 2), GraphBuilder::div),
                GradientCase.of("Pow", positive, row, GraphBuilder::pow),
                GradientCase.of("Pow, constant square of any sign", wide, (g, x) -> g.pow(x, 2)),
                GradientCase.of("Pow, constant cube of any sign", wide, (g, x) -> g.pow(x, 3)),
                GradientCase.of(
                        "Pow, integer exponents",
                        positive,
                        (g, x) -> g.pow(x, g.constant(Tensor.of(new long[] {2, 0, 3}, 3)))),
                GradientCase.of(
                        "Mod, of fractions",
                        Input.of(4).within(2.2, 2.8),
                        Input.of(4).within(0.92, 0.98),
                        (g, a, b) -> g.op("Mod", org.menagerie.graph.Attributes.of("fmod", true), a, b)),
                GradientCase.of("Min", wide.spaced(), row, GraphBuilder::min),
                GradientCase.of("Max", wide.spaced(), row, GraphBuilder::max),
                GradientCase.many(
                        "Max of three",
                        List.of(wide, Input.of(3), Input.of(2, 1)),
                        (g, x) -> List.of(g.op("Max", x.get(0), x.get(1), x.get(2)))),
                GradientCase.many(
                        "Sum of three",
                        List.of(wide, row, Input.of(2, 1)),
                        (g, x) -> List.of(g.op("Sum", x.get(0), x.get(1), x.get(2)))),
                GradientCase.many(
                                "Mean of three",
                                List.of(wide, row, Input.of(2, 1)),
                                (g, x) -> List.of(g.op("Mean", x.get(0), x.get(1), x.get(2))))
                        .inFloat32(),
                GradientCase.of(
                        "Where",
                        wide,
                        row,
                        (g, a, b) -> g.where(
                                g.constant(Tensor.of(new boolean[] {true, false, true, false, false, true}, 2, 3)),
                                a,
                                b)),
                GradientCase.of(
                        "Where, condition from the data",
                        wide,
                        row,
                        (g, a, b) -> g.where(g.greater(a, b), g.mul(a, b), b)));
    }
}

package org.menagerie.conformance.gradient;

import java.util.List;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;

/**
 * A row of the gradient table: a function of some inputs whose derivatives are checked.
 *
 * @param name what it tries, beginning with the operator
 * @param element what it is computed in: float64 where ONNX Runtime has kernels
 * @param order how many times it is differentiated, 1 or 2
 * @param tolerance the largest allowed difference, relative to the largest derivative where that is above one
 */
record GradientCase(
        String name, ElementType element, int order, double tolerance, List<Input> inputs, Function function) {
    private static final double DOUBLE_TOLERANCE = 1e-7;
    private static final double FLOAT_TOLERANCE = 2e-3;

    /** Builds outputs from inputs. */
    @FunctionalInterface
    interface Function {
        List<Value> build(GraphBuilder g, List<Value> x);
    }

    /** A function of one input. */
    @FunctionalInterface
    interface Unary {
        Value build(GraphBuilder g, Value x);
    }

    /** A function of two inputs. */
    @FunctionalInterface
    interface Binary {
        Value build(GraphBuilder g, Value a, Value b);
    }

    static GradientCase of(String name, Input x, Unary function) {
        return many(name, List.of(x), (g, in) -> List.of(function.build(g, in.get(0))));
    }

    static GradientCase of(String name, Input a, Input b, Binary function) {
        return many(name, List.of(a, b), (g, in) -> List.of(function.build(g, in.get(0), in.get(1))));
    }

    static GradientCase many(String name, List<Input> inputs, Function function) {
        return new GradientCase(name, ElementType.FLOAT64, 2, DOUBLE_TOLERANCE, inputs, function);
    }

    /** For operators that ONNX Runtime computes in float32 only. */
    GradientCase inFloat32() {
        return new GradientCase(name, ElementType.FLOAT32, order, FLOAT_TOLERANCE, inputs, function);
    }

    /** For rules with operators that have no rule of their own. */
    GradientCase once() {
        return new GradientCase(name, element, 1, tolerance, inputs, function);
    }

    /** The same function of inputs all of whose axes have one extent, which it may not take. */
    GradientCase withExtent(int extent) {
        List<Input> equal =
                inputs.stream().map(input -> input.withExtent(extent)).toList();
        return new GradientCase(name + ", extents " + extent, element, order, tolerance, equal, function);
    }

    @Override
    public String toString() {
        return name;
    }
}

package org.menagerie.graph;

import org.menagerie.spi.ElementType;

/** Element-by-element arithmetic, comparison and logic, with NumPy's broadcasting. */
public interface ArithmeticOps extends Emitter {
    default Value add(Value a, Value b) {
        return op("Add", a, b);
    }

    default Value add(Value a, double b) {
        return add(a, scalar(a.element(), b));
    }

    default Value sub(Value a, Value b) {
        return op("Sub", a, b);
    }

    default Value sub(double a, Value b) {
        return sub(scalar(b.element(), a), b);
    }

    default Value mul(Value a, Value b) {
        return op("Mul", a, b);
    }

    default Value mul(Value a, double b) {
        return mul(a, scalar(a.element(), b));
    }

    default Value div(Value a, Value b) {
        return op("Div", a, b);
    }

    default Value pow(Value a, Value b) {
        return op("Pow", a, b);
    }

    default Value pow(Value a, double b) {
        return pow(a, scalar(a.element(), b));
    }

    default Value square(Value a) {
        return mul(a, a);
    }

    default Value sqrt(Value a) {
        return op("Sqrt", a);
    }

    default Value exp(Value a) {
        return op("Exp", a);
    }

    default Value log(Value a) {
        return op("Log", a);
    }

    default Value neg(Value a) {
        return op("Neg", a);
    }

    default Value abs(Value a) {
        return op("Abs", a);
    }

    default Value sign(Value a) {
        return op("Sign", a);
    }

    default Value floor(Value a) {
        return op("Floor", a);
    }

    default Value reciprocal(Value a) {
        return op("Reciprocal", a);
    }

    default Value sin(Value a) {
        return op("Sin", a);
    }

    default Value cos(Value a) {
        return op("Cos", a);
    }

    default Value erf(Value a) {
        return op("Erf", a);
    }

    default Value min(Value a, Value b) {
        return op("Min", a, b);
    }

    default Value max(Value a, Value b) {
        return op("Max", a, b);
    }

    /** Values below {@code low} become it, values above {@code high} that. */
    default Value clip(Value a, double low, double high) {
        return op("Clip", a, scalar(a.element(), low), scalar(a.element(), high));
    }

    default Value equal(Value a, Value b) {
        return op("Equal", a, b);
    }

    default Value greater(Value a, Value b) {
        return op("Greater", a, b);
    }

    default Value greaterOrEqual(Value a, Value b) {
        return op("GreaterOrEqual", a, b);
    }

    default Value less(Value a, Value b) {
        return op("Less", a, b);
    }

    default Value lessOrEqual(Value a, Value b) {
        return op("LessOrEqual", a, b);
    }

    default Value and(Value a, Value b) {
        return op("And", a, b);
    }

    default Value or(Value a, Value b) {
        return op("Or", a, b);
    }

    default Value not(Value a) {
        return op("Not", a);
    }

    /** Elements of {@code a} where the condition holds, of {@code b} elsewhere. */
    default Value where(Value condition, Value a, Value b) {
        return op("Where", condition, a, b);
    }

    /** The same numbers as another element type; a value that has it already is returned itself. */
    default Value cast(Value a, ElementType to) {
        return a.element() == to ? a : op("Cast", Attributes.of("to", to.onnxCode()), a);
    }
}

package org.menagerie.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.Tensor;

/** The value of a node's attribute, in one of ONNX's attribute types. */
public sealed interface Attribute {
    record Int(long value) implements Attribute {}

    record Real(float value) implements Attribute {}

    record Text(String value) implements Attribute {}

    record Ints(long... values) implements Attribute {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Ints ints && Arrays.equals(values, ints.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return Arrays.toString(values);
        }
    }

    record Floats(float... values) implements Attribute {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Floats floats && Arrays.equals(values, floats.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return Arrays.toString(values);
        }
    }

    record Texts(List<String> values) implements Attribute {
        public Texts {
            values = List.copyOf(values);
        }
    }

    record Constant(Tensor value) implements Attribute {}

    /** The body of a Loop, Scan or If. */
    record Body(Graph value) implements Attribute {}

    /**
     * Wraps a Java value: integers, booleans (0 or 1), floating-point numbers, strings, arrays and lists of them,
     * tensors and graphs.
     */
    static Attribute of(Object value) {
        if (value instanceof Attribute attribute) {
            return attribute;
        }
        if (value instanceof Boolean flag) {
            return new Int(flag ? 1 : 0);
        }
        if (value instanceof Integer || value instanceof Long) {
            return new Int(((Number) value).longValue());
        }
        if (value instanceof Number number) {
            return new Real(number.floatValue());
        }
        if (value instanceof String text) {
            return new Text(text);
        }
        if (value instanceof long[] longs) {
            return new Ints(longs.clone());
        }
        if (value instanceof int[] ints) {
            return new Ints(Arrays.stream(ints).asLongStream().toArray());
        }
        if (value instanceof float[] floats) {
            return new Floats(floats.clone());
        }
        if (value instanceof List<?> texts) {
            return new Texts(texts.stream().map(String.class::cast).toList());
        }
        if (value instanceof Tensor tensor) {
            return new Constant(tensor);
        }
        if (value instanceof Graph graph) {
            return new Body(graph);
        }
        throw new IllegalArgumentException("ONNX has no attribute type for " + value.getClass());
    }
}

package org.menagerie.graph.onnx;

import org.menagerie.graph.Attribute;
import org.menagerie.graph.Attributes;
import org.menagerie.spi.Tensor;

/** The ways in which a Constant node states its tensor. */
final class ConstantForms {
    private ConstantForms() {}

    static Tensor tensor(Attributes attributes) {
        for (var entry : attributes.entries()) {
            Attribute value = entry.getValue();
            if (value instanceof Attribute.Constant constant) {
                return constant.value();
            }
            if (value instanceof Attribute.Int number) {
                return Tensor.scalar(number.value());
            }
            if (value instanceof Attribute.Real number) {
                return Tensor.scalar(number.value());
            }
            if (value instanceof Attribute.Ints numbers) {
                return Tensor.of(numbers.values(), numbers.values().length);
            }
            if (value instanceof Attribute.Floats numbers) {
                return Tensor.of(numbers.values(), numbers.values().length);
            }
        }
        throw new IllegalArgumentException("it has no value that is a tensor of numbers: " + attributes);
    }
}

package org.menagerie.graph.operator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.Attribute;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.TensorType;

/**
 * An ONNX operator: its arity, its attributes and the types of its outputs.
 *
 * @param domain empty for ONNX itself
 * @param name for example {@code Conv}
 * @param minInputs inputs that must be given
 * @param maxInputs inputs that may be given; {@link #VARIADIC} for any number
 * @param attributes the allowed attributes and their types
 * @param rule infers the types of the outputs
 */
public record Operator(
        String domain,
        String name,
        int minInputs,
        int maxInputs,
        Map<String, Class<? extends Attribute>> attributes,
        TypeRule rule) {
    public static final int VARIADIC = Integer.MAX_VALUE;

    /** The types of an application's outputs. */
    @FunctionalInterface
    public interface TypeRule {
        List<TensorType> infer(Call call);
    }

    /**
     * Declares an operator of ONNX itself.
     *
     * @param attributes names and types, for example {@code "axis:int kernel_shape:ints mode:text"}
     */
    static Operator operator(String name, int minInputs, int maxInputs, String attributes, TypeRule rule) {
        return new Operator("", name, minInputs, maxInputs, parse(attributes), rule);
    }

    /**
     * An operator of another domain than ONNX's, for {@link Operators#declare}.
     *
     * @param domain for example {@code com.microsoft}
     * @param minInputs inputs that must be given
     * @param maxInputs inputs that may be given; {@link #VARIADIC} for any number
     * @param attributes names and types, for example {@code "axis:int kernel_shape:ints mode:text"}; empty for none
     * @param rule infers the types of the outputs
     */
    public static Operator of(
            String domain, String name, int minInputs, int maxInputs, String attributes, TypeRule rule) {
        return operator(name, minInputs, maxInputs, attributes, rule).in(domain);
    }

    /** Returns true if another operator takes as many inputs and the same attributes. */
    boolean takesTheSame(Operator other) {
        return minInputs == other.minInputs && maxInputs == other.maxInputs && attributes.equals(other.attributes);
    }

    /** Describes the inputs and attributes that it takes, for messages. */
    String signature() {
        return "%s inputs and attributes %s"
                .formatted(
                        arity(),
                        attributes.entrySet().stream()
                                .map(each ->
                                        each.getKey() + ":" + each.getValue().getSimpleName())
                                .sorted()
                                .toList());
    }

    Operator in(String otherDomain) {
        return new Operator(otherDomain, name, minInputs, maxInputs, attributes, rule);
    }

    private static Map<String, Class<? extends Attribute>> parse(String declarations) {
        Map<String, Class<? extends Attribute>> attributes = new LinkedHashMap<>();
        for (String declaration : declarations.split(" ")) {
            if (!declaration.isEmpty()) {
                String[] nameAndType = declaration.split(":");
                attributes.put(
                        nameAndType[0],
                        switch (nameAndType[1]) {
                            case "int" -> Attribute.Int.class;
                            case "float" -> Attribute.Real.class;
                            case "text" -> Attribute.Text.class;
                            case "ints" -> Attribute.Ints.class;
                            case "floats" -> Attribute.Floats.class;
                            case "texts" -> Attribute.Texts.class;
                            case "tensor" -> Attribute.Constant.class;
                            case "body" -> Attribute.Body.class;
                            default -> throw new IllegalArgumentException(declaration);
                        });
            }
        }
        return attributes;
    }

    /**
     * Checks an application and infers its outputs' types.
     *
     * @throws GraphException naming the node, what was expected and what was found
     */
    public List<TensorType> infer(Call call) {
        int given = call.inputs().size();
        if (given < minInputs || given > maxInputs) {
            throw call.fail("takes %s inputs; %d were given", arity(), given);
        }
        for (int i = 0; i < minInputs; i++) {
            if (!call.has(i)) {
                throw call.fail("needs input %d", i);
            }
        }
        call.attributes().entries().forEach(attribute -> {
            Class<? extends Attribute> type = attributes.get(attribute.getKey());
            if (type == null) {
                throw call.fail("has no attribute '%s'; it has %s", attribute.getKey(), attributes.keySet());
            }
            if (!type.isInstance(attribute.getValue())) {
                throw call.fail(
                        "attribute '%s' must be %s, not %s",
                        attribute.getKey(),
                        type.getSimpleName(),
                        attribute.getValue().getClass().getSimpleName());
            }
        });
        return rule.infer(call);
    }

    private String arity() {
        if (minInputs == maxInputs) {
            return Integer.toString(minInputs);
        }
        return maxInputs == VARIADIC ? minInputs + " or more" : minInputs + " to " + maxInputs;
    }
}

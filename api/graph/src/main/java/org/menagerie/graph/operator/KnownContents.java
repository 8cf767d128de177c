package org.menagerie.graph.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Dim;
import org.menagerie.graph.TensorType;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * Follows the elements of small integer tensors through shape arithmetic, so that a shape computed from another shape
 * is known while the graph is built.
 */
public final class KnownContents {
    private static final int LIMIT = 64;
    private static final Set<ElementType> FOLLOWED = EnumSet.of(ElementType.INT64, ElementType.INT32, ElementType.BOOL);

    private static final Set<String> MOVING =
            Set.of("Shape", "Identity", "Cast", "Squeeze", "Unsqueeze", "Concat", "Gather", "Slice");

    /** How extents begin that can change from one iteration of a loop to the next. */
    private static final String CHANGING = "?carried";

    private KnownContents() {}

    /** The elements of a small integer tensor; null of any other. */
    public static @Nullable List<Dim> of(Tensor tensor) {
        if (tensor.shape().rank() > 1 || tensor.size() > LIMIT) {
            return null;
        }
        List<Dim> contents = new ArrayList<>();
        for (int i = 0; i < tensor.size(); i++) {
            if (tensor.elementType() == ElementType.INT64) {
                contents.add(Dim.of(tensor.longs().get(i)));
            } else if (tensor.elementType() == ElementType.INT32) {
                contents.add(Dim.of(tensor.ints().get(i)));
            } else if (tensor.elementType() == ElementType.BOOL) {
                contents.add(Dim.of(tensor.bytes().get(i)));
            } else {
                return null;
            }
        }
        return contents;
    }

    /** The elements of the first output of an application, or null where they cannot be followed. */
    public static @Nullable List<Dim> infer(String op, Call call, TensorType output) {
        if (output.rank() > 1 || !FOLLOWED.contains(output.element())) {
            return null;
        }
        List<Dim> result = switch (op) {
            case "Shape" -> {
                TensorType type = call.type(0);
                yield type.dims()
                        .subList(ShapeOperators.start(call, type.rank()), ShapeOperators.end(call, type.rank()));
            }
            case "Size" -> List.of(call.type(0).size());
            case "Constant" ->
                call.attributes().getTensor("value").map(KnownContents::of).orElse(null);
            case "Identity", "Cast", "Squeeze", "Unsqueeze", "Reshape", "Flatten" ->
                call.contents(0).orElse(null);
            case "Neg" ->
                call.contents(0)
                        .map(c -> c.stream().map(dim -> dim.times(-1)).toList())
                        .orElse(null);
            case "Concat" -> concat(call);
            case "Gather" -> gather(call);
            case "Slice" -> slice(call);
            case "Add" -> combine(call, Dim::plus);
            case "Sub" -> combine(call, Dim::minus);
            case "Mul" -> combine(call, Dim::times);
            case "Div" ->
                call.contents(1).filter(c -> c.stream().noneMatch(d -> d.is(0))).isPresent()
                        ? combine(call, Dim::floorDiv)
                        : null;
            case "ReduceProd" ->
                call.contents(0)
                        .map(c -> List.of(c.stream().reduce(Dim.of(1), Dim::times)))
                        .orElse(null);
            case "ConstantOfShape" -> filled(call, output);
            case "Equal" -> equal(call);
            case "Less" -> compared(call, difference -> difference < 0);
            case "LessOrEqual" -> compared(call, difference -> difference <= 0);
            case "Greater" -> compared(call, difference -> difference > 0);
            case "GreaterOrEqual" -> compared(call, difference -> difference >= 0);
            case "Not" ->
                call.numbers(0)
                        .map(c -> Arrays.stream(c).mapToObj(b -> Dim.of(1 - b)).toList())
                        .orElse(null);
            case "And" -> combine(call, Dim::times);
            case "Or" -> combine(call, (a, b) -> a.plus(b).minus(a.times(b)));
            case "Xor" -> combine(call, (a, b) -> a.plus(b).minus(a.times(b).times(2)));
            case "Where" -> where(call);
            default -> null;
        };
        if (result == null || result.size() > LIMIT) {
            return null;
        }
        return result.stream().anyMatch(dim -> dim.isUnknown() && !moves(op, dim)) ? null : result;
    }

    /** An extent that inference could not tell is still the same extent where an operator only moves it. */
    private static boolean moves(String op, Dim dim) {
        return MOVING.contains(op) && !dim.toString().startsWith(CHANGING);
    }

    private static @Nullable List<Dim> concat(Call call) {
        List<Dim> all = new ArrayList<>();
        for (int i = 0; i < call.inputs().size(); i++) {
            List<Dim> part = call.contents(i).orElse(null);
            if (part == null) {
                return null;
            }
            all.addAll(part);
        }
        return all;
    }

    private static @Nullable List<Dim> gather(Call call) {
        List<Dim> data = call.contents(0).orElse(null);
        long[] indices = call.numbers(1).orElse(null);
        if (data == null || indices == null) {
            return null;
        }
        List<Dim> result = new ArrayList<>();
        for (long index : indices) {
            result.add(data.get(call.normalize(index, data.size())));
        }
        return result;
    }

    private static @Nullable List<Dim> slice(Call call) {
        List<Dim> data = call.contents(0).orElse(null);
        long[] start = call.numbers(1).orElse(null);
        long[] end = call.numbers(2).orElse(null);
        long[] step = call.has(4) ? call.numbers(4).orElse(null) : new long[] {1};
        if (data == null || start == null || end == null || step == null || step[0] != 1) {
            return null;
        }
        int from = clamp(start[0], data.size());
        return data.subList(from, Math.max(from, clamp(end[0], data.size())));
    }

    private static int clamp(long index, int size) {
        return (int) Math.max(0, Math.min(index < 0 ? index + size : index, size));
    }

    private static @Nullable List<Dim> combine(Call call, BinaryOperator<Dim> operation) {
        List<Dim> a = call.contents(0).orElse(null);
        List<Dim> b = call.contents(1).orElse(null);
        if (a == null || b == null || (a.size() != b.size() && a.size() != 1 && b.size() != 1)) {
            return null;
        }
        List<Dim> result = new ArrayList<>();
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            Dim right = b.get(b.size() == 1 ? 0 : i);
            result.add(operation.apply(a.get(a.size() == 1 ? 0 : i), right));
        }
        return result;
    }

    /** Extents are never negative, so a symbol differs from every negative number. */
    private static @Nullable List<Dim> equal(Call call) {
        List<Dim> difference = combine(call, (a, b) -> {
            boolean apart = a.isFixed() != b.isFixed() && (a.isFixed() ? a.value() : b.value()) < 0;
            return apart ? Dim.of(1) : a.minus(b);
        });
        if (difference == null || !difference.stream().allMatch(Dim::isFixed)) {
            return null;
        }
        return difference.stream().map(d -> Dim.of(d.is(0) ? 1 : 0)).toList();
    }

    private static @Nullable List<Dim> compared(Call call, LongPredicate holds) {
        List<Dim> difference = combine(call, Dim::minus);
        if (difference == null || !difference.stream().allMatch(Dim::isFixed)) {
            return null;
        }
        return difference.stream()
                .map(d -> Dim.of(holds.test(d.value()) ? 1 : 0))
                .toList();
    }

    private static @Nullable List<Dim> where(Call call) {
        long[] condition = call.numbers(0).orElse(null);
        List<Dim> a = call.contents(1).orElse(null);
        List<Dim> b = call.contents(2).orElse(null);
        if (condition == null || a == null || b == null) {
            return null;
        }
        List<Dim> result = new ArrayList<>();
        for (int i = 0; i < Math.max(condition.length, Math.max(a.size(), b.size())); i++) {
            boolean first = condition[condition.length == 1 ? 0 : i] != 0;
            List<Dim> chosen = first ? a : b;
            result.add(chosen.get(chosen.size() == 1 ? 0 : i));
        }
        return result;
    }

    private static @Nullable List<Dim> filled(Call call, TensorType output) {
        Tensor value = call.attributes().getTensor("value").orElse(null);
        List<Dim> element = value == null ? null : of(value);
        if (element == null
                || output.rank() != 1
                || !output.dim(0).isFixed()
                || output.dim(0).value() > LIMIT) {
            return null;
        }
        List<Dim> contents = new ArrayList<>();
        for (long i = 0; i < output.dim(0).value(); i++) {
            contents.add(element.get(0));
        }
        return contents;
    }
}

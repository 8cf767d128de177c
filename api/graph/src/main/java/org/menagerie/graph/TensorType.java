package org.menagerie.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Shape;

/**
 * The element type and shape of a value, written {@code f32[N,3,224,224]}. Immutable.
 *
 * @param element the type of the elements
 * @param dims the extent of each axis; none for a scalar
 */
public record TensorType(ElementType element, List<Dim> dims) {
    private static final Pattern TEXT = Pattern.compile("(\\w+)\\[(.*)]");

    public TensorType {
        dims = List.copyOf(dims);
    }

    /** Reads the form that {@link #toString()} writes, with numbers and symbols as extents. */
    public static TensorType parse(String text) {
        Matcher matcher = TEXT.matcher(text.replace(" ", ""));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a tensor type; expected for example f32[N,3,224,224] or i64[]".formatted(text));
        }
        String dims = matcher.group(2);
        return new TensorType(
                ElementType.parse(matcher.group(1)),
                dims.isEmpty()
                        ? List.of()
                        : Arrays.stream(dims.split(",", -1)).map(Dim::parse).toList());
    }

    public static TensorType of(ElementType element, long... dims) {
        return new TensorType(element, Arrays.stream(dims).mapToObj(Dim::of).toList());
    }

    public static TensorType of(ElementType element, Shape shape) {
        return of(element, shape.dims());
    }

    public int rank() {
        return dims.size();
    }

    /** The extent of an axis; a negative axis counts from the last. */
    public Dim dim(int axis) {
        return dims.get(axis < 0 ? axis + dims.size() : axis);
    }

    public boolean isFixed() {
        return dims.stream().allMatch(Dim::isFixed);
    }

    /**
     * The shape as numbers.
     *
     * @throws IllegalStateException if an extent is symbolic
     */
    public Shape shape() {
        return new Shape(dims.stream().mapToLong(Dim::value).toArray());
    }

    /** The product of the extents from one axis (inclusive) to another (exclusive). */
    public Dim size(int from, int to) {
        return dims.subList(from, to).stream().reduce(Dim.of(1), Dim::times);
    }

    public Dim size() {
        return size(0, rank());
    }

    /** This type, with extents that are not known taken from a statement about the same value, if it has this rank. */
    TensorType refinedBy(@Nullable TensorType stated) {
        if (stated == null || stated.rank() != rank() || dims.stream().noneMatch(Dim::isUnknown)) {
            return this;
        }
        List<Dim> refined = new ArrayList<>();
        for (int axis = 0; axis < rank(); axis++) {
            refined.add(dim(axis).isUnknown() ? stated.dim(axis) : dim(axis));
        }
        return withDims(refined);
    }

    public TensorType withElement(ElementType other) {
        return new TensorType(other, dims);
    }

    public TensorType withDims(List<Dim> other) {
        return new TensorType(element, other);
    }

    public TensorType withDim(int axis, Dim dim) {
        List<Dim> changed = new ArrayList<>(dims);
        changed.set(axis < 0 ? axis + dims.size() : axis, dim);
        return new TensorType(element, changed);
    }

    @Override
    public String toString() {
        return element.shortName() + dims.stream().map(Dim::toString).collect(Collectors.joining(",", "[", "]"));
    }
}

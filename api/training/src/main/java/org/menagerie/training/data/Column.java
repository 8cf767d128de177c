package org.menagerie.training.data;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;

/**
 * One tensor of a batch.
 *
 * @param axes the extents, a number where it is fixed and a name where it varies; the batch, {@code B}, comes first
 */
public record Column(String name, ElementType elementType, List<String> axes) {
    private static final Pattern TYPE = Pattern.compile("(\\w+)\\[(\\w+(?:,\\w+)*)]");

    public Column {
        axes = List.copyOf(axes);
        if (axes.isEmpty() || !axes.get(0).equals("B")) {
            throw new IllegalArgumentException("Column %s has axes %s; the first must be B".formatted(name, axes));
        }
    }

    /** A column from a type string such as {@code f32[B,1,28,28]}. */
    public static Column of(String name, String type) {
        Matcher matcher = TYPE.matcher(type);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "Column %s has type '%s'; expected one like f32[B,1,28,28]".formatted(name, type));
        }
        return new Column(
                name,
                ElementType.parse(matcher.group(1)),
                List.of(matcher.group(2).split(",")));
    }

    /**
     * The tensor of a column in a batch.
     *
     * @throws InvalidInputException if the batch has no such column; the message lists those it has
     */
    public static Tensor in(Map<String, Tensor> batch, String name) {
        Tensor tensor = batch.get(name);
        if (tensor == null) {
            throw new InvalidInputException("The batch has no column '%s'; it has %s".formatted(name, batch.keySet()));
        }
        return tensor;
    }

    /** Returns the units, numbering and padding of a column with a usual name; empty for one of a plugin's own. */
    public String meaning() {
        return ColumnMeaning.of(this);
    }

    /** The type string, for example {@code f32[B,1,28,28]}. */
    public String type() {
        return elementType.shortName() + "[" + String.join(",", axes) + "]";
    }
}

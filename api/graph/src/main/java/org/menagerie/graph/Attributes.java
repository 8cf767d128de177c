package org.menagerie.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.Tensor;

/** A node's attributes by name, with typed access. Immutable. */
public final class Attributes {
    public static final Attributes NONE = new Attributes(new LinkedHashMap<>());

    private final Map<String, Attribute> values;

    private Attributes(Map<String, Attribute> values) {
        this.values = values;
    }

    public static Attributes of(String name, Object value) {
        return NONE.with(name, value);
    }

    public static Attributes copyOf(Map<String, Attribute> values) {
        return new Attributes(new LinkedHashMap<>(values));
    }

    /** These and one more; a value as {@link Attribute#of} takes it. */
    public Attributes with(String name, Object value) {
        LinkedHashMap<String, Attribute> copy = new LinkedHashMap<>(values);
        copy.put(name, Attribute.of(value));
        return new Attributes(copy);
    }

    public Attributes without(String name) {
        LinkedHashMap<String, Attribute> copy = new LinkedHashMap<>(values);
        copy.remove(name);
        return new Attributes(copy);
    }

    public Map<String, Attribute> asMap() {
        return Map.copyOf(values);
    }

    public Iterable<Map.Entry<String, Attribute>> entries() {
        return values.entrySet();
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public long getInt(String name, long otherwise) {
        Attribute.@Nullable Int value = get(name, Attribute.Int.class);
        return value == null ? otherwise : value.value();
    }

    public boolean getFlag(String name) {
        return getInt(name, 0) != 0;
    }

    public float getFloat(String name, float otherwise) {
        Attribute.@Nullable Real value = get(name, Attribute.Real.class);
        return value == null ? otherwise : value.value();
    }

    public String getText(String name, String otherwise) {
        Attribute.@Nullable Text value = get(name, Attribute.Text.class);
        return value == null ? otherwise : value.value();
    }

    /** The integers of an attribute; the given ones where it is absent. */
    public long[] getInts(String name, long... otherwise) {
        Attribute.@Nullable Ints value = get(name, Attribute.Ints.class);
        return value == null ? otherwise : value.values().clone();
    }

    public Optional<Tensor> getTensor(String name) {
        return Optional.ofNullable(get(name, Attribute.Constant.class)).map(Attribute.Constant::value);
    }

    public Optional<Graph> getBody(String name) {
        return Optional.ofNullable(get(name, Attribute.Body.class)).map(Attribute.Body::value);
    }

    private <A extends Attribute> @Nullable A get(String name, Class<A> type) {
        Attribute value = values.get(name);
        if (value == null) {
            return null;
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("Attribute '%s' is %s; expected %s"
                    .formatted(name, value.getClass().getSimpleName(), type.getSimpleName()));
        }
        return type.cast(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attributes attributes && values.equals(attributes.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}

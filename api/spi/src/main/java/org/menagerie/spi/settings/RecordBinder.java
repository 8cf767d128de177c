package org.menagerie.spi.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.ModelCard.Component;

/**
 * Reads a block of fields into a record. The record's components are the allowed fields.
 *
 * <p>A component that is {@code Optional} or {@code @Nullable} may be left out, and so may every component if there is an
 * instance with defaults. Components may be numbers, booleans, texts, enums (hyphens for underscores, any case), lists,
 * arrays, maps from text, records of such components, {@link Component} (a name with settings) and {@code JsonNode}.
 */
public final class RecordBinder {
    private RecordBinder() {}

    /**
     * Reads a record.
     *
     * @param ignored fields that belong to somebody else
     * @throws org.menagerie.spi.ZooException if a field is unknown, missing, of another type, or if the record's
     *     constructor refuses the values
     */
    public static <R extends Record> R bind(SettingNode node, Class<R> type, List<String> ignored) {
        return bind(node, type, null, ignored);
    }

    /**
     * Reads a record, taking the components that are not given from an instance with defaults.
     *
     * @param defaults the record with all its defaults
     * @param ignored fields that belong to somebody else
     * @throws org.menagerie.spi.ZooException as {@link #bind(SettingNode, Class, List)} does
     */
    @SuppressWarnings("unchecked") // the class of a record is final
    public static <R extends Record> R bind(SettingNode node, R defaults, List<String> ignored) {
        return bind(node, (Class<R>) defaults.getClass(), defaults, ignored);
    }

    private static <R extends Record> R bind(
            SettingNode node, Class<R> type, @Nullable R defaults, List<String> ignored) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> names =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        List<String> own = node.fields().keySet().stream()
                .filter(f -> !ignored.contains(f))
                .toList();
        without(node, own).allow(names);
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = defaults == null || node.optional(names.get(i)).isPresent()
                    ? component(node, components[i])
                    : SettingField.value(components[i], defaults);
        }
        return create(node, type, components, values);
    }

    /** The node with only some of its fields. */
    private static SettingNode without(SettingNode node, List<String> kept) {
        return new SettingNode(
                node.origin(), ((ObjectNode) node.value().deepCopy()).retain(kept), node.path(), node.lines());
    }

    private static @Nullable Object component(SettingNode node, RecordComponent component) {
        if (component.getType() == Optional.class) {
            Type content = argument(component.getGenericType(), 0);
            return node.optional(component.getName()).map(n -> value(n, content));
        }
        if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return node.optional(component.getName())
                    .map(n -> value(n, component.getGenericType()))
                    .orElse(null);
        }
        return value(node.required(component.getName()), component.getGenericType());
    }

    private static Object value(SettingNode node, Type type) {
        Class<?> raw = type instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) type;
        if (raw == String.class) {
            return node.text();
        }
        if (raw == int.class || raw == Integer.class) {
            long value = node.integer();
            if (value != (int) value) {
                throw node.wrong("an integer of at most 32 bits");
            }
            return (int) value;
        }
        if (raw == long.class || raw == Long.class) {
            return node.integer();
        }
        if (raw == double.class || raw == Double.class) {
            return node.number();
        }
        if (raw == float.class || raw == Float.class) {
            return (float) node.number();
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return node.flag();
        }
        if (raw.isEnum()) {
            return constant(node, raw);
        }
        if (raw.isArray()) {
            return array(node, raw.getComponentType());
        }
        if (raw == List.class && argument(type, 0) == Component.class) {
            return ComponentText.readAll(node);
        }
        if (raw == List.class) {
            return node.items().stream().map(i -> value(i, argument(type, 0))).toList();
        }
        if (raw == Map.class) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.fields().forEach((key, child) -> map.put(key, value(child, argument(type, 1))));
            return map;
        }
        if (raw == Component.class) {
            return ComponentText.read(node);
        }
        if (raw.isRecord()) {
            return bind(node, raw.asSubclass(Record.class), List.of());
        }
        if (JsonNode.class.isAssignableFrom(raw)) {
            return node.value();
        }
        throw new IllegalArgumentException(
                "Settings cannot hold a %s; see RecordBinder for what they can".formatted(type));
    }

    private static Object constant(SettingNode node, Class<?> type) {
        String text = node.text();
        for (Object constant : type.getEnumConstants()) {
            if (spelled(constant).equals(text.toLowerCase(Locale.ROOT).replace('_', '-'))) {
                return constant;
            }
        }
        List<String> known = Arrays.stream(type.getEnumConstants())
                .map(RecordBinder::spelled)
                .toList();
        throw node.wrong("one of " + SettingNode.oneOf(known));
    }

    static String spelled(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Object array(SettingNode node, Class<?> element) {
        List<SettingNode> items = node.items();
        Object array = Array.newInstance(element, items.size());
        for (int i = 0; i < items.size(); i++) {
            Array.set(array, i, value(items.get(i), element));
        }
        return array;
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    private static <R extends Record> R create(
            SettingNode node, Class<R> type, RecordComponent[] components, Object[] values) {
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                String name = node.path().isEmpty() ? "" : "'%s': ".formatted(node.path());
                throw node.error(name + refusal.getMessage());
            }
            throw new IllegalStateException("The constructor of %s failed".formatted(type.getName()), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot create %s".formatted(type.getName()), e);
        }
    }
}

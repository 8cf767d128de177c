package org.menagerie.spi.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.Configurable;
import org.menagerie.spi.ModelCard.Component;

/**
 * A field that a record of settings allows, for help texts and listings.
 *
 * @param name the field's name
 * @param type what its value is, in words: {@code number}, {@code length or wu}
 * @param optional whether the field may be left out
 * @param standard the value it then has; empty if the component decides
 */
public record SettingField(String name, String type, boolean optional, Optional<String> standard) {
    /** The fields of a component's settings, with their defaults if it has them. */
    public static List<SettingField> of(Configurable component) {
        return of(component.settings(), component.defaults());
    }

    /** The fields of a record whose settings have no common defaults. */
    public static List<SettingField> of(Class<? extends Record> type) {
        return of(type, null);
    }

    /** The fields of a record with defaults. */
    public static List<SettingField> of(Record defaults) {
        return of(defaults.getClass(), defaults);
    }

    private static List<SettingField> of(Class<? extends Record> type, @Nullable Record defaults) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> of(component, defaults))
                .toList();
    }

    private static SettingField of(RecordComponent component, @Nullable Record defaults) {
        boolean nullable = component.getType() == Optional.class
                || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        Object value = defaults == null ? null : value(component, defaults);
        Object content = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        return new SettingField(
                component.getName(),
                word(component.getGenericType()),
                nullable || defaults != null,
                Optional.ofNullable(content).map(SettingField::text));
    }

    static @Nullable Object value(RecordComponent component, Record holder) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(holder);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot read %s of %s".formatted(component.getName(), holder), e);
        }
    }

    /** A value as an option takes it. */
    private static String text(Object value) {
        if (value instanceof Enum<?> constant) {
            return RecordBinder.spelled(constant);
        }
        if (value instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue())) {
            return Math.abs(number.doubleValue()) < 1e9 ? Long.toString(number.longValue()) : number.toString();
        }
        return value instanceof List<?> list
                ? list.stream().map(SettingField::text).collect(Collectors.joining(",", "[", "]"))
                : value.toString();
    }

    private static String word(Type type) {
        Class<?> raw = type instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) type;
        if (raw == Optional.class || raw == List.class || raw == Map.class) {
            Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
            String content = word(arguments[arguments.length - 1]);
            return raw == List.class ? "list of " + content : raw == Map.class ? "map to " + content : content;
        }
        if (raw.isArray()) {
            return "list of " + word(raw.getComponentType());
        }
        if (raw.isEnum()) {
            return Arrays.stream(raw.getEnumConstants())
                    .map(RecordBinder::spelled)
                    .collect(Collectors.joining(" or "));
        }
        if (raw.isRecord() || JsonNode.class.isAssignableFrom(raw)) {
            return raw == Component.class ? "name" : "block";
        }
        return switch (raw.getSimpleName().toLowerCase(Locale.ROOT)) {
            case "int", "integer", "long" -> "integer";
            case "double", "float" -> "number";
            case "boolean" -> "true or false";
            default -> "text";
        };
    }
}

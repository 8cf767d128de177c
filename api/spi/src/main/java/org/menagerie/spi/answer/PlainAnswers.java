package org.menagerie.spi.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers of types that have no kind: by their parts, which may have one. */
final class PlainAnswers {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PlainAnswers() {}

    static List<String> text(Object answer, AnswerView view) {
        if (answer instanceof List<?> list) {
            return list.stream().flatMap(item -> view.text(item).stream()).toList();
        }
        if (answer instanceof Optional<?> optional) {
            return view.text(optional.orElse(null));
        }
        return (tellsItself(answer)
                        ? String.valueOf(answer)
                        : json(answer, view).toPrettyString())
                .lines()
                .toList();
    }

    static JsonNode json(@Nullable Object answer, AnswerView view) {
        if (answer == null) {
            return JSON.nullNode();
        }
        if (answer instanceof JsonNode node) {
            return node;
        }
        if (answer instanceof Float f) {
            return JSON.numberNode(f.floatValue());
        }
        if (answer instanceof Double d) {
            return JSON.numberNode(d.doubleValue());
        }
        if (answer instanceof Number number) {
            return JSON.numberNode(number.longValue());
        }
        if (answer instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        if (answer instanceof Optional<?> optional) {
            return view.json(optional.orElse(null));
        }
        if (answer instanceof Map<?, ?> map) {
            ObjectNode object = JSON.objectNode();
            map.forEach((key, value) -> object.set(String.valueOf(key), view.json(value)));
            return object;
        }
        if (answer instanceof Iterable<?> items) {
            ArrayNode array = JSON.arrayNode();
            items.forEach(item -> array.add(view.json(item)));
            return array;
        }
        if (answer.getClass().isArray()) {
            ArrayNode array = JSON.arrayNode();
            for (int i = 0; i < Array.getLength(answer); i++) {
                array.add(view.json(Array.get(answer, i)));
            }
            return array;
        }
        if (answer.getClass().isRecord()) {
            return record(answer, view);
        }
        return tellsItself(answer) ? JSON.textNode(answer.toString()) : properties(answer);
    }

    private static ObjectNode record(Object answer, AnswerView view) {
        ObjectNode object = JSON.objectNode();
        for (RecordComponent component : answer.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                object.set(
                        component.getName(), view.json(component.getAccessor().invoke(answer)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Cannot read " + component, e);
            }
        }
        return object;
    }

    /** Returns the values of getters and public fields. */
    private static JsonNode properties(Object answer) {
        try {
            return new ObjectMapper().valueToTree(answer);
        } catch (IllegalArgumentException e) {
            return JSON.textNode(answer.toString());
        }
    }

    /** False for classes that only have the {@code toString} of {@code Object}, which tells a class and a number. */
    private static boolean tellsItself(Object answer) {
        if (answer.getClass().isArray()) {
            return false;
        }
        try {
            return answer.getClass().getMethod("toString").getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            return true;
        }
    }
}

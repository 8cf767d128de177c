package org.menagerie.cli;

import ai.djl.modality.Classifications;
import ai.djl.modality.Classifications.Classification;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.CategoryMask;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import ai.djl.modality.cv.output.Joints;
import ai.djl.modality.cv.output.Landmark;
import ai.djl.modality.cv.output.Point;
import ai.djl.modality.cv.output.Rectangle;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers of any task as JSON: DJL's value types field by field, records by their components. Places in a picture are pixels
 * of it, though DJL's boxes are fractions.
 */
final class AnswerJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final int topK;
    private final @Nullable Object input;

    /**
     * A writer of answers to an input.
     *
     * @param topK the most classes of a classification
     * @param input what is answered; a picture's size turns fractions into pixels
     */
    AnswerJson(int topK, @Nullable Object input) {
        this.topK = topK;
        this.input = input;
    }

    /** An object's box in pixels of the picture that it was found in. */
    static Rectangle box(DetectedObject object, @Nullable Object input) {
        Rectangle box = object.getBoundingBox().getBounds();
        return input instanceof Image picture
                ? new Rectangle(
                        box.getX() * picture.getWidth(),
                        box.getY() * picture.getHeight(),
                        box.getWidth() * picture.getWidth(),
                        box.getHeight() * picture.getHeight())
                : box;
    }

    JsonNode of(@Nullable Object answer) {
        if (answer == null) {
            return JSON.nullNode();
        }
        if (answer instanceof JsonNode node) {
            return node;
        }
        if (answer instanceof Classifications classes) {
            ArrayNode list = JSON.arrayNode();
            items(classes, topK).forEach(item -> list.add(classification(item)));
            return list;
        }
        if (answer instanceof CategoryMask mask) {
            return mask(mask);
        }
        if (answer instanceof Joints joints) {
            return of(joints.getJoints());
        }
        if (answer instanceof Point point) {
            return JSON.objectNode().put("x", point.getX()).put("y", point.getY());
        }
        if (answer instanceof Number number) {
            return number(number);
        }
        if (answer instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        if (answer instanceof Optional<?> optional) {
            return of(optional.orElse(null));
        }
        if (answer instanceof Map<?, ?> map) {
            ObjectNode object = JSON.objectNode();
            map.forEach((key, value) -> object.set(String.valueOf(key), of(value)));
            return object;
        }
        if (answer instanceof Iterable<?> items) {
            ArrayNode array = JSON.arrayNode();
            items.forEach(item -> array.add(of(item)));
            return array;
        }
        if (answer.getClass().isArray()) {
            ArrayNode array = JSON.arrayNode();
            for (int i = 0; i < Array.getLength(answer); i++) {
                array.add(of(Array.get(answer, i)));
            }
            return array;
        }
        return answer.getClass().isRecord() ? record(answer) : JSON.textNode(answer.toString());
    }

    /** The classes of an answer, best first; a detection has all its objects. */
    static List<Classification> items(Classifications answer, int topK) {
        List<Classification> items = answer.items();
        boolean boxes = !items.isEmpty() && items.get(0) instanceof DetectedObject;
        return boxes ? items : items.subList(0, Math.min(topK, items.size()));
    }

    private ObjectNode classification(Classification item) {
        ObjectNode object =
                JSON.objectNode().put("label", item.getClassName()).put("probability", item.getProbability());
        if (item instanceof DetectedObject detected) {
            Rectangle box = box(detected, input);
            object.set(
                    "box",
                    JSON.objectNode()
                            .put("x", box.getX())
                            .put("y", box.getY())
                            .put("width", box.getWidth())
                            .put("height", box.getHeight()));
            if (detected.getBoundingBox() instanceof Landmark landmark) {
                object.set("points", of(landmark.getPath()));
            }
        }
        return object;
    }

    private ObjectNode mask(CategoryMask mask) {
        Map<Integer, Integer> pixels = new TreeMap<>();
        for (int[] row : mask.getMask()) {
            for (int category : row) {
                pixels.merge(category, 1, Integer::sum);
            }
        }
        ObjectNode classes = JSON.objectNode();
        pixels.forEach((category, count) -> classes.put(mask.getClasses().get(category), count));
        ObjectNode object = JSON.objectNode()
                .put("width", mask.getMask().length == 0 ? 0 : mask.getMask()[0].length)
                .put("height", mask.getMask().length);
        object.set("pixels", classes);
        return object;
    }

    private static JsonNode number(Number number) {
        if (number instanceof Float f) {
            return JSON.numberNode(f.floatValue());
        }
        return number instanceof Double d ? JSON.numberNode(d.doubleValue()) : JSON.numberNode(number.longValue());
    }

    private ObjectNode record(Object answer) {
        ObjectNode object = JSON.objectNode();
        for (RecordComponent component : answer.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                object.set(component.getName(), of(component.getAccessor().invoke(answer)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Cannot read " + component, e);
            }
        }
        return object;
    }
}

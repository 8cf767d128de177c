package org.menagerie.vision;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import ai.djl.modality.cv.output.Landmark;
import ai.djl.modality.cv.output.Mask;
import ai.djl.modality.cv.output.Rectangle;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.menagerie.spi.answer.AnswerKind;
import org.menagerie.spi.answer.AnswerView;

/**
 * Detected objects: boxes with their labels, masks and key points, all of them. Boxes are told in pixels of the picture, though
 * DJL's are fractions; the most probable object is drawn last, above the others.
 */
final class DetectionAnswer {
    private DetectionAnswer() {}

    static AnswerKind<DetectedObjects> kind() {
        return new AnswerKind<>(DetectedObjects.class, DetectionAnswer::text)
                .json(DetectionAnswer::json)
                .drawnOn(Image.class, DetectionAnswer::draw)
                .table(List.of("label", "probability", "x", "y", "width", "height"), DetectionAnswer::rows);
    }

    private static List<DetectedObject> objects(DetectedObjects answer) {
        return answer.<DetectedObject>items();
    }

    /** An object's box in pixels of the picture that it was found in, if that is known. */
    private static Rectangle box(DetectedObject object, AnswerView view) {
        Rectangle box = object.getBoundingBox().getBounds();
        return view.input() instanceof Image picture ? scaled(box, picture.getWidth(), picture.getHeight()) : box;
    }

    private static Rectangle scaled(Rectangle box, int width, int height) {
        return new Rectangle(box.getX() * width, box.getY() * height, box.getWidth() * width, box.getHeight() * height);
    }

    private static List<String> text(DetectedObjects answer, AnswerView view) {
        List<DetectedObject> objects = objects(answer);
        return objects.isEmpty()
                ? List.of("nothing found")
                : objects.stream().map(object -> line(object, view)).toList();
    }

    private static String line(DetectedObject object, AnswerView view) {
        Rectangle box = box(object, view);
        return String.format(
                Locale.ROOT,
                "%s  at (%.0f, %.0f), %.0f x %.0f",
                ClassificationAnswer.line(object),
                box.getX(),
                box.getY(),
                box.getWidth(),
                box.getHeight());
    }

    private static JsonNode json(DetectedObjects answer, AnswerView view) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (DetectedObject object : objects(answer)) {
            Rectangle box = box(object, view);
            ObjectNode item =
                    list.addObject().put("label", object.getClassName()).put("probability", object.getProbability());
            item.putObject("box")
                    .put("x", box.getX())
                    .put("y", box.getY())
                    .put("width", box.getWidth())
                    .put("height", box.getHeight());
            if (object.getBoundingBox() instanceof Landmark landmark) {
                item.set("points", view.json(landmark.getPath()));
            }
        }
        return list;
    }

    private static List<List<Object>> rows(DetectedObjects answer, AnswerView view) {
        List<List<Object>> rows = new ArrayList<>();
        for (DetectedObject object : objects(answer)) {
            Rectangle box = box(object, view);
            rows.add(List.of(
                    object.getClassName(),
                    object.getProbability(),
                    box.getX(),
                    box.getY(),
                    box.getWidth(),
                    box.getHeight()));
        }
        return rows;
    }

    private static BufferedImage draw(Image picture, DetectedObjects answer, AnswerView view) {
        Drawing drawing = Drawing.over(picture, ClassificationAnswer.labels(answer, view));
        objects(answer).stream()
                .sorted(Comparator.comparingDouble(DetectedObject::getProbability))
                .forEach(object -> draw(object, drawing));
        return drawing.finish();
    }

    private static void draw(DetectedObject object, Drawing drawing) {
        Rectangle box = scaled(object.getBoundingBox().getBounds(), drawing.width(), drawing.height());
        int place = drawing.place(object.getClassName());
        if (object.getBoundingBox() instanceof Mask mask) {
            mask(mask, box, place, drawing);
        }
        if (object.getBoundingBox() instanceof Landmark landmark) {
            landmark.getPath().forEach(point -> drawing.point(point.getX(), point.getY(), place));
        }
        drawing.outline(new Rectangle2D.Double(box.getX(), box.getY(), box.getWidth(), box.getHeight()), place);
        drawing.label(ClassificationAnswer.scored(object), box.getX(), box.getY(), place);
    }

    /** A mask's probabilities over its box, or over the whole picture. */
    private static void mask(Mask mask, Rectangle box, int place, Drawing drawing) {
        float[][] values = mask.getProbDist();
        Rectangle area = mask.isFullImageMask() ? new Rectangle(0, 0, drawing.width(), drawing.height()) : box;
        double right = Math.min(drawing.width(), area.getX() + area.getWidth());
        double bottom = Math.min(drawing.height(), area.getY() + area.getHeight());
        for (int y = (int) Math.max(0, area.getY()); y < bottom; y++) {
            float[] row = values[cell(y, area.getY(), area.getHeight(), values.length)];
            for (int x = (int) Math.max(0, area.getX()); x < right; x++) {
                if (row[cell(x, area.getX(), area.getWidth(), row.length)] > 0.5f) {
                    drawing.tint(x, y, place);
                }
            }
        }
    }

    /** The cell of a mask in which a pixel's middle lies. */
    private static int cell(int pixel, double start, double length, int cells) {
        return Math.max(0, Math.min(cells - 1, (int) ((pixel + 0.5 - start) / length * cells)));
    }
}

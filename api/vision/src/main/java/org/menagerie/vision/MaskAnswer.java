package org.menagerie.vision;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.CategoryMask;
import ai.djl.modality.cv.output.Point;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.menagerie.spi.answer.AnswerKind;
import org.menagerie.spi.answer.AnswerView;

/** Segmentations: each class's share of the pixels; drawn as tints with a legend below the picture. */
final class MaskAnswer {
    /** Rows of pixels up to this part of the picture's width are too short for a name. */
    private static final int SHORT_ROW = 16;

    private MaskAnswer() {}

    static AnswerKind<CategoryMask> kind() {
        return new AnswerKind<>(CategoryMask.class, (mask, view) -> text(mask))
                .json((mask, view) -> json(mask))
                .drawnOn(Image.class, MaskAnswer::draw)
                .table(List.of("class", "pixels"), (mask, view) -> rows(mask));
    }

    /** The number of pixels of each class that is seen. */
    private static Map<Integer, Integer> pixels(CategoryMask mask) {
        Map<Integer, Integer> pixels = new TreeMap<>();
        for (int[] row : mask.getMask()) {
            for (int category : row) {
                pixels.merge(category, 1, Integer::sum);
            }
        }
        return pixels;
    }

    private static List<String> text(CategoryMask mask) {
        Map<Integer, Integer> pixels = pixels(mask);
        long all = pixels.values().stream().mapToLong(Integer::longValue).sum();
        return pixels.entrySet().stream()
                .map(e -> String.format(
                        Locale.ROOT,
                        "%6.2f %%  %s",
                        100.0 * e.getValue() / all,
                        mask.getClasses().get(e.getKey())))
                .toList();
    }

    private static JsonNode json(CategoryMask mask) {
        ObjectNode object = JsonNodeFactory.instance
                .objectNode()
                .put("width", mask.getMask().length == 0 ? 0 : mask.getMask()[0].length)
                .put("height", mask.getMask().length);
        ObjectNode classes = object.putObject("pixels");
        pixels(mask).forEach((category, count) -> classes.put(mask.getClasses().get(category), count));
        return object;
    }

    private static List<List<Object>> rows(CategoryMask mask) {
        return pixels(mask).entrySet().stream()
                .map(e -> List.<Object>of(mask.getClasses().get(e.getKey()), e.getValue()))
                .toList();
    }

    /**
     * A tint for each class, and its name where its longest row of pixels is, unless that is short; class 0 is the background.
     * The legend of the classes that are seen.
     */
    private static BufferedImage draw(Image picture, CategoryMask mask, AnswerView view) {
        List<String> names = mask.getClasses();
        Drawing drawing = Drawing.over(
                picture,
                view.labels().isEmpty() ? names.subList(Math.min(1, names.size()), names.size()) : view.labels());
        int[] places = names.stream().mapToInt(drawing::place).toArray();
        int[] longest = new int[places.length];
        Point[] middles = new Point[places.length];
        for (int y = 0; y < drawing.height(); y++) {
            int start = 0;
            for (int x = 0; x < drawing.width(); x++) {
                int label = at(mask, x, y, drawing);
                start = x > 0 && label == at(mask, x - 1, y, drawing) ? start : x;
                if (label > 0 && label < places.length) {
                    drawing.tint(x, y, places[label]);
                    if (x - start >= longest[label]) {
                        longest[label] = x - start + 1;
                        middles[label] = new Point((start + x + 1) / 2.0, y);
                    }
                }
            }
        }
        Legend legend = drawing.legend();
        for (int label = 1; label < middles.length; label++) {
            if (longest[label] > drawing.width() / SHORT_ROW) {
                drawing.centred(names.get(label), middles[label].getX(), middles[label].getY(), places[label]);
            }
            if (longest[label] > 0) {
                legend.add(names.get(label), places[label]);
            }
        }
        return drawing.finish(legend);
    }

    private static int at(CategoryMask mask, int x, int y, Drawing drawing) {
        int[][] classes = mask.getMask();
        int[] row = classes[y * classes.length / drawing.height()];
        return row[x * row.length / drawing.width()];
    }
}

package org.menagerie.training.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.spi.InvalidInputException;

/**
 * Captions of scenes by a small grammar:
 *
 * <pre>
 * caption  = group | group relation group
 * group    = "a" kind | number kinds | "a" "pair" "of" "trousers" | number "pairs" "of" "trousers"
 * number   = "two" … "nine"
 * relation = "left" "of" | "right" "of" | "above" | "below"
 * kind     = "top" | "dress" | "sandal" | "sneaker" | "boot" | "bag"
 * </pre>
 *
 * <p>A group is all objects of a kind. T-shirts, pullovers, coats and shirts are tops. The two groups whose boxes cover most are
 * told, the larger one first; the relation is that of the means of their boxes' centres, along the axis in which they lie further
 * apart. So a caption follows from boxes and labels alone.
 */
final class CaptionGrammar {
    /** The words by index: padding, start, end, then the grammar's. */
    static final List<String> WORDS = List.of(
            "<pad>",
            "<s>",
            "</s>",
            "a",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "pair",
            "pairs",
            "of",
            "left",
            "right",
            "above",
            "below",
            "top",
            "tops",
            "trousers",
            "dress",
            "dresses",
            "sandal",
            "sandals",
            "sneaker",
            "sneakers",
            "boot",
            "boots",
            "bag",
            "bags");

    /** The most tokens of a caption, start and end included. */
    static final int LONGEST = 12;

    private static final Map<String, String> KINDS = Map.of(
            "T-shirt/top", "top",
            "Trouser", "trousers",
            "Pullover", "top",
            "Dress", "dress",
            "Coat", "top",
            "Sandal", "sandal",
            "Shirt", "top",
            "Sneaker", "sneaker",
            "Bag", "bag",
            "Ankle boot", "boot");

    private final List<String> kinds;

    /**
     * The grammar over the labels of a data set.
     *
     * @throws InvalidInputException if it has no word for one of them
     */
    CaptionGrammar(List<String> labels) {
        this.kinds = labels.stream()
                .map(label -> {
                    String kind = KINDS.get(label);
                    if (kind == null) {
                        throw new InvalidInputException("Captions have no word for '%s'; they know %s"
                                .formatted(
                                        label, KINDS.keySet().stream().sorted().toList()));
                    }
                    return kind;
                })
                .toList();
    }

    /** Objects of a kind: how many, what their boxes cover, and the sum of the boxes' centres. */
    private record Group(String kind, int count, double area, double x, double y) {
        Group plus(Group other) {
            return new Group(kind, count + other.count, area + other.area, x + other.x, y + other.y);
        }

        List<String> words() {
            String number = count == 1 ? "a" : WORDS.get(WORDS.indexOf("two") + Math.min(count, 9) - 2);
            if (kind.equals("trousers")) {
                return List.of(number, count == 1 ? "pair" : "pairs", "of", kind);
            }
            return List.of(number, count == 1 ? kind : kind.equals("dress") ? "dresses" : kind + "s");
        }
    }

    /**
     * The words of a scene's caption, without start and end; none for a scene without objects.
     *
     * @param boxes left, top, right, bottom of each object
     * @param labels of each object; −1 where there is no further one
     */
    List<String> caption(float[] boxes, long[] labels) {
        Map<String, Group> groups = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= 0) {
                double width = boxes[4 * i + 2] - boxes[4 * i];
                double height = boxes[4 * i + 3] - boxes[4 * i + 1];
                String kind = kinds.get((int) labels[i]);
                groups.merge(
                        kind,
                        new Group(kind, 1, width * height, boxes[4 * i] + width / 2, boxes[4 * i + 1] + height / 2),
                        Group::plus);
            }
        }
        List<Group> largest = new ArrayList<>(groups.values());
        largest.sort((a, b) -> Double.compare(b.area(), a.area()));
        List<String> words = new ArrayList<>();
        if (!largest.isEmpty()) {
            words.addAll(largest.get(0).words());
        }
        if (largest.size() > 1) {
            words.addAll(relation(largest.get(0), largest.get(1)));
            words.addAll(largest.get(1).words());
        }
        return words;
    }

    private static List<String> relation(Group first, Group second) {
        double across = second.x() / second.count() - first.x() / first.count();
        double down = second.y() / second.count() - first.y() / first.count();
        if (Math.abs(across) >= Math.abs(down)) {
            return List.of(across >= 0 ? "left" : "right", "of");
        }
        return List.of(down >= 0 ? "above" : "below");
    }
}

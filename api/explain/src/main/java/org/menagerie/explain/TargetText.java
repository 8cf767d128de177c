package org.menagerie.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.settings.Suggestions;

/**
 * Reads what a user wants explained.
 *
 * @param output the name of the output that holds the model's scores
 * @param classAxis which axis of one item the classes are on; the last if negative
 * @param labels the names of the classes; empty if they have none
 * @param background true if class 0 is none of the labels
 * @param values gives what a value of the network is for the input
 */
record TargetText(
        String output, int classAxis, List<String> labels, boolean background, Function<String, Tensor> values) {
    private static final Pattern ELEMENTS = Pattern.compile("([^\\[\\]]+)\\[([\\d:,\\s-]+)]");

    Target read(String text) {
        Matcher elements = ELEMENTS.matcher(text.strip());
        if (elements.matches()) {
            return elements(elements.group(1).strip(), elements.group(2), text.strip());
        }
        Tensor scores = values.apply(output);
        long[] item = item(scores);
        int classes = classes(item);
        if (text.equals(Question.ARGMAX)) {
            return best(scores, item);
        }
        int place =
                text.matches("\\d+") ? Integer.parseInt(text) : names(classes).indexOf(text);
        if (place < 0 || place >= classes) {
            List<String> names = names(classes);
            throw new InvalidInputException("--target: the model has no class '%s'%s; it has %s"
                    .formatted(
                            text,
                            Suggestions.didYouMean(text, names),
                            names.isEmpty()
                                    ? "classes 0 to %d, and elements of its outputs such as %s[0]"
                                            .formatted(classes - 1, output)
                                    : String.join(", ", names)));
        }
        return ofClass(scores, item, place);
    }

    /** The name of the value whose elements a text names; empty if it means a class. */
    static Optional<String> value(String text) {
        Matcher elements = ELEMENTS.matcher(text.strip());
        return elements.matches() ? Optional.of(elements.group(1).strip()) : Optional.empty();
    }

    /** The extents of one item: all but the batch. */
    private static long[] item(Tensor scores) {
        long[] dims = scores.shape().dims();
        return dims.length == 0 ? new long[] {1} : dims[0] == 1 ? Arrays.copyOfRange(dims, 1, dims.length) : dims;
    }

    private int axis(long[] item) {
        return classAxis < 0 || item.length == 1 ? item.length - 1 : classAxis;
    }

    private int classes(long[] item) {
        return item.length == 0 ? 1 : (int) item[axis(item)];
    }

    private List<String> names(int classes) {
        List<String> names = new ArrayList<>();
        if (background) {
            names.add("background");
        }
        names.addAll(labels);
        return names.size() == classes ? names : List.of();
    }

    private String name(int place, int classes) {
        List<String> names = names(classes);
        return names.isEmpty() ? "class " + place : "class '%s'".formatted(names.get(place));
    }

    private Target best(Tensor scores, long[] item) {
        if (item.length == 3) {
            return ofClass(scores, item, mostSeen(scores, item));
        }
        int best = 0;
        for (int i = 1; i < scores.size(); i++) {
            best = scores.floats().get(i) > scores.floats().get(best) ? i : best;
        }
        return item.length <= 1 ? ofClass(scores, item, best) : Selection.one(output, best, output + place(item, best));
    }

    /** A class of a classifier, or of the pixels that a segmenter gives it. */
    private Target ofClass(Tensor scores, long[] item, int place) {
        int classes = classes(item);
        if (item.length <= 1) {
            return Selection.one(output, place, "%s (%s[%d])".formatted(name(place, classes), output, place));
        }
        if (item.length != 3) {
            throw new InvalidInputException(
                    "--target: output '%s' is %s, which is not class scores; name elements, such as %s"
                            .formatted(output, scores, output + place(item, 0)));
        }
        long[] pixels = pixels(scores, item, place);
        if (pixels.length == 0) {
            throw new InvalidInputException("--target: no pixel of this picture is %s".formatted(name(place, classes)));
        }
        return Selection.mean(
                output,
                pixels,
                "%s, mean of %s over its %,d pixels".formatted(name(place, classes), output, pixels.length));
    }

    /** The class that most pixels have, the background apart. */
    private int mostSeen(Tensor scores, long[] item) {
        int classes = classes(item);
        int best = 0;
        int most = -1;
        for (int c = background && classes > 1 ? 1 : 0; c < classes; c++) {
            int count = pixels(scores, item, c).length;
            if (count > most) {
                most = count;
                best = c;
            }
        }
        return best;
    }

    /** Where a map of class scores is highest for a class, or above a half where it has one channel. */
    private long[] pixels(Tensor scores, long[] item, int wanted) {
        int axis = axis(item);
        int classes = (int) item[axis];
        int stride = (int) Arrays.stream(item, axis + 1, item.length).reduce(1, (a, b) -> a * b);
        int size = scores.size();
        float[] values = scores.toFloatArray();
        return IntStream.range(0, size)
                .filter(i -> i / stride % classes == wanted)
                .filter(i -> classes == 1 ? values[i] > 0.5f : isBest(values, i, wanted, classes, stride))
                .asLongStream()
                .toArray();
    }

    private static boolean isBest(float[] values, int at, int wanted, int classes, int stride) {
        for (int c = 0; c < classes; c++) {
            float other = values[at + (c - wanted) * stride];
            if (other > values[at] || (other == values[at] && c < wanted)) {
                return false;
            }
        }
        return true;
    }

    private static String place(long[] item, int element) {
        List<String> places = new ArrayList<>();
        long rest = element;
        for (int axis = item.length - 1; axis >= 0; axis--) {
            places.add(0, Long.toString(rest % item[axis]));
            rest /= item[axis];
        }
        return "[" + String.join(",", places) + "]";
    }

    /** Elements by their places in one item, {@code :} for all along an axis, {@code a:b} for some; their sum. */
    private Target elements(String value, String places, String words) {
        Tensor tensor = values.apply(value);
        long[] item = item(tensor);
        String[] axes = places.split(",", -1);
        if (axes.length != item.length) {
            throw new InvalidInputException("--target: '%s' is %s, so one item has %d axes; found %d places in '%s'"
                    .formatted(value, tensor, item.length, axes.length, words));
        }
        long[] chosen = {0};
        for (int axis = 0; axis < axes.length; axis++) {
            long extent = item[axis];
            long[] along = along(axes[axis].strip(), extent, words);
            chosen = Arrays.stream(chosen)
                    .flatMap(before -> Arrays.stream(along).map(next -> before * extent + next))
                    .toArray();
        }
        float[] ones = new float[chosen.length];
        Arrays.fill(ones, 1);
        return new Selection(value, chosen, ones, words);
    }

    private static long[] along(String place, long extent, String words) {
        Optional<long[]> range = range(place, extent);
        return range.filter(r -> r[0] >= 0 && r[1] <= extent && r[0] < r[1])
                .map(r -> LongStream.range(r[0], r[1]).toArray())
                .orElseThrow(
                        () -> new InvalidInputException("--target: '%s' in '%s' must be a place of 0 to %d, a:b or :"
                                .formatted(place, words, extent - 1)));
    }

    private static Optional<long[]> range(String place, long extent) {
        Matcher form = Pattern.compile("(\\d{1,9})?(:)?(\\d{1,9})?").matcher(place);
        if (!form.matches() || (form.group(1) == null && form.group(2) == null)) {
            return Optional.empty();
        }
        long from = form.group(1) == null ? 0 : Long.parseLong(form.group(1));
        if (form.group(2) == null) {
            return Optional.of(new long[] {from, from + 1});
        }
        return Optional.of(
                new long[] {from, form.group(3) == null ? extent : Long.parseLong(Objects.requireNonNull(form.group(3)))
                });
    }
}

package org.menagerie.explain;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.menagerie.decoding.Alignment;
import org.menagerie.decoding.Grid;
import org.menagerie.decoding.Upsampling;
import org.menagerie.spi.Tensor;

/**
 * Measures whether a map is worth believing. Deletion covers the parts of the input that the map puts first and looks how soon
 * the score is gone, insertion uncovers them (Petsiuk 2018); both beside a random order. The control compares the map with that
 * of a network with random weights (Adebayo 2018): a map that is much the same there shows the input, not what was learned.
 */
final class Trust {
    private static final int POINTS = 20;
    private static final long SEED = 1;

    /** Rank correlations above this are those of maps that hardly depend on the weights. */
    private static final double ALIKE = 0.5;

    private Trust() {}

    /** The attribution with figures and sentences that tell how far it can be trusted. */
    static Attribution checked(Attribution attribution, Probe probe, Attribution random) {
        double[] map = parts(attribution, probe);
        double[] control = parts(random, probe);
        Integer[] order = byValue(map);
        Integer[] chance = order.clone();
        Collections.shuffle(Arrays.asList(chance), new Random(SEED));
        double deletion = area(probe, order, true);
        double insertion = area(probe, order, false);
        double chanceDeletion = area(probe, chance, true);
        double chanceInsertion = area(probe, chance, false);
        double alike = rankCorrelation(map, control);
        return attribution
                .with("deletion", deletion)
                .with("insertion", insertion)
                .with("deletion-by-chance", chanceDeletion)
                .with("insertion-by-chance", chanceInsertion)
                .with("random-weights-correlation", alike)
                .saying(curves(deletion, chanceDeletion, insertion, chanceInsertion))
                .saying(control(alike));
    }

    private static String curves(double deletion, double chanceDeletion, double insertion, double chanceInsertion) {
        boolean deletes = deletion < chanceDeletion;
        boolean inserts = insertion > chanceInsertion;
        String verdict = deletes && inserts
                ? "what the map puts first matters more than parts drawn at random"
                : deletes || inserts
                        ? "only one of the two curves is better than parts drawn at random"
                        : "what the map puts first matters no more than parts drawn at random";
        return String.format(
                Locale.ROOT,
                "Deletion %.3f (by chance %.3f), insertion %.3f (by chance %.3f): %s.",
                deletion,
                chanceDeletion,
                insertion,
                chanceInsertion,
                verdict);
    }

    private static String control(double alike) {
        return String.format(
                Locale.ROOT,
                Math.abs(alike) > ALIKE
                        ? "Warning: with random weights the map is nearly the same (rank correlation %.2f), so that it hardly depends on what the network learned."
                        : "With random weights the map is another (rank correlation %.2f), as it must be.",
                alike);
    }

    /** One number for each part that is covered at once: a pixel of a picture, or an element of any other input. */
    private static double[] parts(Attribution attribution, Probe probe) {
        PictureLayout layout = probe.layout().orElse(null);
        float[] values = attribution.values().toFloatArray();
        float[] parts = values;
        if (layout != null) {
            Tensor map = attribution.values();
            int whole = layout.channels() * layout.height() * layout.width();
            parts = values.length == whole
                    ? layout.pixels(values, attribution.signed()).values()
                    : Upsampling.to(layout.height(), layout.width(), Alignment.HALF_PIXEL)
                            .resize(new Grid(values, 1, (int) map.shape().dim(2), (int)
                                    map.shape().dim(3)));
        }
        double[] result = new double[parts.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = attribution.signed() ? parts[i] : Math.abs(parts[i]);
        }
        return result;
    }

    private static Integer[] byValue(double[] map) {
        Integer[] order = IntStream.range(0, map.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> -map[i]));
        return order;
    }

    /**
     * The area under the curve of the score against the part of the input that is covered or uncovered, on a scale on which the
     * input has 1 and the black baseline 0.
     */
    private static double area(Probe probe, Integer[] order, boolean deletes) {
        float[] input = probe.input().toFloatArray();
        float[] cover = probe.baseline(Baseline.BLACK);
        double[] scores = new double[POINTS + 1];
        probe.scores(
                POINTS + 1,
                (index, into) -> {
                    System.arraycopy(deletes ? input : cover, 0, into, 0, into.length);
                    int count = (int) ((long) order.length * index / POINTS);
                    for (int i = 0; i < count; i++) {
                        put(probe, order[i], deletes ? cover : input, into);
                    }
                },
                (index, score) -> scores[index] = score);
        double whole = deletes ? scores[0] : scores[POINTS];
        double nothing = deletes ? scores[POINTS] : scores[0];
        double span = Math.abs(whole - nothing) < 1e-12 ? 1 : whole - nothing;
        double area = 0;
        for (int i = 0; i < POINTS; i++) {
            area += ((scores[i] + scores[i + 1]) / 2 - nothing) / span / POINTS;
        }
        return area;
    }

    private static void put(Probe probe, int part, float[] from, float[] into) {
        PictureLayout layout = probe.layout().orElse(null);
        if (layout == null) {
            into[part] = from[part];
            return;
        }
        for (int c = 0; c < layout.channels(); c++) {
            int at = layout.index(c, part / layout.width(), part % layout.width());
            into[at] = from[at];
        }
    }

    /** Spearman's: the correlation of the places in the two orders; equal values share the mean of their places. */
    static double rankCorrelation(double[] a, double[] b) {
        double[] ranksA = ranks(a);
        double[] ranksB = ranks(b);
        double mean = (a.length - 1) / 2.0;
        double products = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            products += (ranksA[i] - mean) * (ranksB[i] - mean);
            squaresA += (ranksA[i] - mean) * (ranksA[i] - mean);
            squaresB += (ranksB[i] - mean) * (ranksB[i] - mean);
        }
        return squaresA == 0 || squaresB == 0 ? 0 : products / Math.sqrt(squaresA * squaresB);
    }

    private static double[] ranks(double[] values) {
        Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from + 1;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + to - 1) / 2.0;
            }
            from = to;
        }
        return ranks;
    }
}

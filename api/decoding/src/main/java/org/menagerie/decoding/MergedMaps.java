package org.menagerie.decoding;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.menagerie.spi.Origin;

/**
 * Maps of class scores of several looks at one picture, as one answer: the class with the highest mean probability at each pixel.
 * Scores are interpolated as {@link Upsampling} does, and become probabilities at each pixel. No map of the picture's size is
 * held, only rows.
 */
public final class MergedMaps {
    private static final int SHARED_WORK = 200_000;

    /**
     * The result of one look.
     *
     * @param scores its map
     * @param picture where the map lies in the original picture, which may be mirrored
     * @param probabilities whether the scores are probabilities already; else they are logits
     */
    public record Seen(Grid scores, Origin.Image picture, boolean probabilities) {}

    private MergedMaps() {}

    /**
     * The class with the highest mean probability, {@code [height,width]}; of equals the first; {@link Upsampling#UNSEEN} where no
     * look saw the picture. A pixel's mean is over the looks that saw it.
     */
    public static int[] argMax(List<Seen> looks) {
        Origin.Image picture = looks.get(0).picture();
        int channels = looks.get(0).scores().channels();
        int[] labels = new int[Math.multiplyExact(picture.width(), picture.height())];
        long work = (long) labels.length * channels * looks.size();
        Shares shares = Shares.of(picture.height(), work, SHARED_WORK);
        IntStream.range(0, shares.count()).parallel().forEach(part -> {
            List<Rows> rows = looks.stream().map(Rows::new).toList();
            float[][] sums = new float[channels][picture.width()];
            for (int y = shares.start(part); y < shares.start(part + 1); y++) {
                boolean[] seen = new boolean[picture.width()];
                for (float[] sum : sums) {
                    Arrays.fill(sum, 0);
                }
                for (Rows look : rows) {
                    look.add(y, sums, seen);
                }
                best(sums, seen, labels, y * picture.width());
            }
        });
        return labels;
    }

    private static void best(float[][] sums, boolean[] seen, int[] labels, int line) {
        for (int x = 0; x < seen.length; x++) {
            int best = 0;
            for (int c = 1; c < sums.length; c++) {
                best = sums[c][x] > sums[best][x] ? c : best;
            }
            labels[line + x] = seen[x] ? best : Upsampling.UNSEEN;
        }
    }

    /** The rows of a look's map, stretched to the picture. */
    private static final class Rows {
        private final Seen look;
        private final SamplePairs across;
        private final SamplePairs down;
        private final StretchedRows rows;
        private final float[][] line;
        private final float[] pixel;

        Rows(Seen look) {
            Upsampling onto = Upsampling.toOriginal(look.picture());
            this.look = look;
            this.across = onto.across(look.scores());
            this.down = onto.down(look.scores());
            this.rows = new StretchedRows(look.scores(), across, look.picture().width());
            this.line = new float[look.scores().channels()][look.picture().width()];
            this.pixel = new float[line.length];
        }

        /** Adds the probabilities of a row where the look saw it. */
        void add(int y, float[][] sums, boolean[] seen) {
            if (y < down.firstSeen() || y >= down.endSeen()) {
                return;
            }
            rows.moveTo(down.low()[y], down.high()[y]);
            for (int c = 0; c < line.length; c++) {
                rows.blend(line[c], c, down.fraction()[y]);
            }
            for (int x = across.firstSeen(); x < across.endSeen(); x++) {
                seen[x] = true;
                for (int c = 0; c < pixel.length; c++) {
                    pixel[c] = line[c][x];
                }
                if (!look.probabilities()) {
                    Scores.softmax(pixel, 0, pixel.length);
                }
                for (int c = 0; c < pixel.length; c++) {
                    sums[c][x] += pixel[c];
                }
            }
        }
    }
}

package org.menagerie.decoding;

import java.util.Arrays;

/**
 * The entries of one class after another whose score is above a threshold, best first, as {@link Ranking} keys.
 *
 * <p>They come in chunks, each sorted and each below the one before, because suppression often has enough after the
 * first few hundred of many thousands. Where only few entries are above the threshold in any class at all, the other
 * entries are looked at once for all classes, not once for each.
 */
final class Candidates {
    private static final int FIRST_CHUNK = 512;
    private static final int SAMPLES = 64;
    /** Entries whose running sums stay in the first-level cache while all classes pass by. */
    private static final int BLOCK = 2048;

    private final float threshold;
    private final float[] scores;
    private final int from;
    private final int n;
    private final int[] live;
    private final boolean sparse;
    private final float[] sample = new float[SAMPLES];

    private int row;
    private float ceiling;
    private int wanted;
    private long[] keys = new long[2 * FIRST_CHUNK];
    private int size;

    private Candidates(float threshold, float[] scores, int from, int n, int[] live, boolean sparse) {
        this.threshold = threshold;
        this.scores = scores;
        this.from = from;
        this.n = n;
        this.live = live;
        this.sparse = sparse;
    }

    /** Candidates among {@code classes} rows of {@code n} scores that begin at {@code from}. */
    static Candidates above(float threshold, float[] scores, int from, int n, int classes) {
        if (classes == 1) {
            return new Candidates(threshold, scores, from, n, new int[0], false);
        }
        int[] live = new int[n];
        int count = 0;
        float[] above = new float[Math.min(n, BLOCK)];
        float[] block = new float[above.length];
        for (int start = 0; start < n; start += BLOCK) {
            int length = Math.min(BLOCK, n - start);
            Arrays.fill(above, 0);
            for (int c = 0; c < classes; c++) {
                System.arraycopy(scores, from + c * n + start, block, 0, length);
                addExcess(above, block, threshold, length);
            }
            for (int i = 0; i < length; i++) {
                // A NaN may hide a good score: not "above zero", but "not zero".
                if (!(above[i] == 0)) {
                    live[count++] = start + i;
                }
            }
        }
        return new Candidates(threshold, scores, from, n, Arrays.copyOf(live, count), count < n / 8);
    }

    /** Adds twice the excess of scores over a threshold; C2 makes vector code of it since both arrays have one index. */
    private static void addExcess(float[] sum, float[] scores, float threshold, int length) {
        for (int i = 0; i < length; i++) {
            float d = scores[i] - threshold;
            sum[i] += d + Math.abs(d);
        }
    }

    /** Turns to a class; {@link #next} begins with its best entries. */
    void startClass(int c) {
        row = from + c * n;
        ceiling = Float.POSITIVE_INFINITY;
        wanted = FIRST_CHUNK;
    }

    /** Finds the next chunk; false if there are no more candidates. */
    boolean next() {
        size = 0;
        while (size == 0 && ceiling > threshold) {
            float floor = sparse ? threshold : chunkFloor();
            if (sparse) {
                gatherLive(floor);
            } else {
                gatherAll(floor);
            }
            ceiling = floor;
            wanted *= 2;
        }
        Arrays.sort(keys, 0, size);
        return size > 0;
    }

    int size() {
        return size;
    }

    long key(int i) {
        return keys[i];
    }

    private void gatherLive(float floor) {
        for (int i : live) {
            float score = scores[row + i];
            if (score > floor && score <= ceiling) {
                add(score, i);
            }
        }
    }

    private void gatherAll(float floor) {
        for (int i = 0; i < n; i++) {
            float score = scores[row + i];
            if (score > floor && score <= ceiling) {
                add(score, i);
            }
        }
    }

    private void add(float score, int index) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
        }
        keys[size++] = Ranking.key(score, index);
    }

    /** A score that about {@code wanted} candidates are above, judged by a sample of the row, or the threshold. */
    private float chunkFloor() {
        if (n <= 4 * FIRST_CHUNK || wanted >= n / 2) {
            return threshold;
        }
        int seen = 0;
        for (int i = 0; i < SAMPLES; i++) {
            float score = scores[row + (int) ((i + 0.5) * n / SAMPLES)];
            if (score > threshold && score <= ceiling) {
                sample[seen++] = score;
            }
        }
        int rank = 1 + wanted * SAMPLES / n;
        if (rank >= seen) {
            return threshold;
        }
        Arrays.sort(sample, 0, seen);
        float floor = sample[seen - 1 - rank];
        return floor < ceiling ? floor : threshold;
    }
}

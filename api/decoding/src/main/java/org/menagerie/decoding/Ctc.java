package org.menagerie.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Readings of a CTC network's output (Graves 2006): frames of label probabilities to a sequence of labels.
 *
 * <p>Repeats collapse and blanks fall away, so that many paths through the frames are one labelling.
 *
 * @param blank the label that stands for nothing
 */
public record Ctc(int blank) {
    public Ctc {
        if (blank < 0) {
            throw new IllegalArgumentException("The blank is label %d; expected 0 or more".formatted(blank));
        }
    }

    /**
     * A labelling and where it lies.
     *
     * @param labels without blanks
     * @param starts the first frame of each label
     * @param ends the frame after the last of each label
     * @param probabilities each label's probability in its first frame
     * @param logProbability natural logarithm: of the best path by {@link #greedy}, of all paths together by {@link #beam}
     */
    public record Reading(int[] labels, int[] starts, int[] ends, float[] probabilities, double logProbability) {
        /** The mean of the labels' probabilities, as PaddleOCR scores a line; 0 for an empty reading. */
        public double confidence() {
            double sum = 0;
            for (float probability : probabilities) {
                sum += probability;
            }
            return labels.length == 0 ? 0 : sum / labels.length;
        }
    }

    /**
     * The labelling of the single best path: the best label of each frame.
     *
     * @param probabilities {@code [frames,labels]}; each row sums to 1
     */
    public Reading greedy(float[] probabilities, int labels) {
        int frames = requireFrames(probabilities, labels);
        int[] path = new int[frames];
        double log = 0;
        for (int t = 0; t < frames; t++) {
            int best = Scores.argMax(probabilities, t * labels, labels);
            path[t] = best - t * labels;
            log += Math.log(probabilities[best]);
        }
        return read(path, probabilities, labels, log);
    }

    /**
     * The most probable labellings, each with the probability of all its paths, by prefix beam search (Graves 2012, §7.5;
     * Hannun 2014). With a beam that holds every prefix it is exact. Spans are those of the labelling's best path.
     *
     * @param probabilities {@code [frames,labels]}; each row sums to 1
     * @param width prefixes kept after each frame
     * @param nBest readings to answer at most, best first, of equals the one found first
     */
    public List<Reading> beam(float[] probabilities, int labels, int width, int nBest) {
        int frames = requireFrames(probabilities, labels);
        if (width < 1 || nBest < 1) {
            throw new IllegalArgumentException(
                    "A beam of %d with %d readings; expected 1 or more of each".formatted(width, nBest));
        }
        var beam = new PrefixBeam(blank, width);
        for (int t = 0; t < frames; t++) {
            beam.advance(probabilities, t * labels, labels);
        }
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < Math.min(nBest, beam.size()); i++) {
            int[] path = bestPath(beam.prefix(i), probabilities, labels, frames);
            readings.add(read(path, probabilities, labels, beam.logProbability(i)));
        }
        return readings;
    }

    /** Collapses a path into a reading. */
    private Reading read(int[] path, float[] probabilities, int labels, double logProbability) {
        int[] read = new int[path.length];
        int[] starts = new int[path.length];
        int[] ends = new int[path.length];
        float[] first = new float[path.length];
        int size = 0;
        for (int t = 0; t < path.length; t++) {
            if (path[t] == blank) {
                continue;
            }
            if (t == 0 || path[t] != path[t - 1]) {
                read[size] = path[t];
                starts[size] = t;
                first[size++] = probabilities[t * labels + path[t]];
            }
            ends[size - 1] = t + 1;
        }
        return new Reading(
                Arrays.copyOf(read, size),
                Arrays.copyOf(starts, size),
                Arrays.copyOf(ends, size),
                Arrays.copyOf(first, size),
                logProbability);
    }

    /** The most probable path of a labelling (Viterbi over labels with blanks between them). */
    private int[] bestPath(int[] labelling, float[] probabilities, int labels, int frames) {
        int states = 2 * labelling.length + 1;
        double[] score = new double[states];
        byte[][] came = new byte[frames][states];
        Arrays.fill(score, Double.NEGATIVE_INFINITY);
        for (int t = 0; t < frames; t++) {
            for (int s = states - 1; s >= 0; s--) {
                double best = t == 0 ? (s <= 1 ? 0 : Double.NEGATIVE_INFINITY) : score[s];
                if (t > 0 && s >= 1 && score[s - 1] > best) {
                    best = score[s - 1];
                    came[t][s] = 1;
                }
                boolean mayJump = s % 2 == 1 && s >= 3 && labelling[s / 2] != labelling[s / 2 - 1];
                if (t > 0 && mayJump && score[s - 2] > best) {
                    best = score[s - 2];
                    came[t][s] = 2;
                }
                int label = s % 2 == 0 ? blank : labelling[s / 2];
                score[s] = best + Math.log(probabilities[t * labels + label]);
            }
        }
        int[] path = new int[frames];
        int s = states > 1 && score[states - 2] > score[states - 1] ? states - 2 : states - 1;
        for (int t = frames - 1; t >= 0; t--) {
            path[t] = s % 2 == 0 ? blank : labelling[s / 2];
            s -= came[t][s];
        }
        return path;
    }

    private int requireFrames(float[] probabilities, int labels) {
        if (labels <= blank || probabilities.length % labels != 0) {
            throw new IllegalArgumentException("%,d probabilities are no frames of %d labels with blank %d"
                    .formatted(probabilities.length, labels, blank));
        }
        for (float p : probabilities) {
            if (!(p >= 0)) {
                throw new IllegalArgumentException(
                        "A label's probability is %s; expected 0 to 1 (apply softmax to logits first)".formatted(p));
            }
        }
        return probabilities.length / labels;
    }
}

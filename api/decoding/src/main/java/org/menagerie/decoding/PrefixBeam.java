package org.menagerie.decoding;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The labelling prefixes that are still in the race, with the log probabilities of their paths that end in a blank and
 * that do not. Prefixes are nodes of a tree, so that one frame costs the same however long they are.
 */
final class PrefixBeam {
    private static final double NEVER = Double.NEGATIVE_INFINITY;
    private static final int ROOT = 0;

    private final int blank;
    private final int width;

    private int[] parent = new int[256];
    private int[] label = new int[256];
    private int nodes = 1;
    private final Map<Long, Integer> children = new HashMap<>();

    /** The prefixes in the race, best first, and their path probabilities. */
    private int[] beam = {ROOT};

    private double[] blankEnd = {0};
    private double[] labelEnd = {NEVER};

    PrefixBeam(int blank, int width) {
        this.blank = blank;
        this.width = width;
        label[ROOT] = -1;
    }

    int size() {
        return beam.length;
    }

    double logProbability(int i) {
        return logAdd(blankEnd[i], labelEnd[i]);
    }

    int[] prefix(int i) {
        int length = 0;
        for (int node = beam[i]; node != ROOT; node = parent[node]) {
            length++;
        }
        int[] labels = new int[length];
        for (int node = beam[i]; node != ROOT; node = parent[node]) {
            labels[--length] = label[node];
        }
        return labels;
    }

    /** Extends all prefixes by one frame and keeps the best. */
    void advance(float[] probabilities, int from, int labels) {
        // Beyond the best width labels of the frame, the blank and the prefix's last one, no new extension of any one
        // prefix can be among the best width.
        int[] offered = Scores.topK(probabilities, from, labels, Math.min(labels, width + 2));
        int most = beam.length * (offered.length + 1);
        int[] nextNode = new int[most];
        double[] nextBlank = new double[most];
        double[] nextLabel = new double[most];
        Map<Integer, Integer> place = new HashMap<>();
        for (int i = 0; i < beam.length; i++) {
            place.put(beam[i], i);
        }
        int size = 0;
        for (int node : beam) {
            nextNode[size] = node;
            nextBlank[size] = logProbability(size) + Math.log(probabilities[from + blank]);
            nextLabel[size] = NEVER;
            if (node != ROOT) {
                Integer before = place.get(parent[node]);
                double grown = before == null ? NEVER : extended(before, label[node]);
                nextLabel[size] = logAdd(labelEnd[size], grown) + Math.log(probabilities[from + label[node]]);
            }
            size++;
        }
        for (int i = 0; i < beam.length; i++) {
            for (int c : offered) {
                double log = extended(i, c) + Math.log(probabilities[from + c]);
                int node = c == blank || log == NEVER ? ROOT : child(beam[i], c);
                if (node != ROOT && !place.containsKey(node)) {
                    nextNode[size] = node;
                    nextBlank[size] = NEVER;
                    nextLabel[size++] = log;
                }
            }
        }
        keepBest(nextNode, nextBlank, nextLabel, size);
    }

    /** The paths of a prefix that a label can follow: after the same label, only those that end in a blank. */
    private double extended(int i, int c) {
        return c == label[beam[i]] ? blankEnd[i] : logProbability(i);
    }

    private void keepBest(int[] nextNode, double[] nextBlank, double[] nextLabel, int size) {
        int[] order = java.util.stream.IntStream.range(0, size)
                .boxed()
                .sorted((a, b) ->
                        Double.compare(logAdd(nextBlank[b], nextLabel[b]), logAdd(nextBlank[a], nextLabel[a])))
                .limit(width)
                .mapToInt(i -> i)
                .toArray();
        beam = Arrays.stream(order).map(i -> nextNode[i]).toArray();
        blankEnd = Arrays.stream(order).mapToDouble(i -> nextBlank[i]).toArray();
        labelEnd = Arrays.stream(order).mapToDouble(i -> nextLabel[i]).toArray();
    }

    private int child(int node, int c) {
        return children.computeIfAbsent((long) node << 32 | c, key -> {
            if (nodes == parent.length) {
                parent = Arrays.copyOf(parent, 2 * nodes);
                label = Arrays.copyOf(label, 2 * nodes);
            }
            parent[nodes] = node;
            label[nodes] = c;
            return nodes++;
        });
    }

    private static double logAdd(double a, double b) {
        double max = Math.max(a, b);
        return max == NEVER ? NEVER : max + Math.log1p(Math.exp(Math.min(a, b) - max));
    }
}

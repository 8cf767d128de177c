package org.menagerie.decoding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A step function whose logits depend on everything a hypothesis has said: its state is the history itself, so that one
 * state in the wrong row changes the answer. It also counts copies and notes reads of rows that were never written.
 */
class RandomLanguage implements StepFunction {
    /** Parts of an input that attention falls on. */
    static final int PARTS = 3;

    final int vocabulary;
    final long seed;
    final int ties;
    final Map<Integer, List<Integer>> state = new HashMap<>();
    private final List<List<float[]>> attentions = new ArrayList<>();
    int copies;
    int steps;
    int rowsStepped;

    RandomLanguage(int vocabulary, long seed, int ties, int batch) {
        this.vocabulary = vocabulary;
        this.seed = seed;
        this.ties = ties;
        for (int i = 0; i < batch; i++) {
            state.put(i, List.of(1000 + i));
        }
    }

    /** Returns what the step after a history looks at. It follows from the history alone, as the logits do. */
    static float[] attention(List<Integer> history) {
        var random = new SplittableRandom(history.hashCode() * 17L);
        float[] weights = new float[PARTS];
        for (int part = 0; part < PARTS; part++) {
            weights[part] = (float) random.nextDouble(.5);
        }
        return weights;
    }

    @Override
    public float[] attention(int step, int row, int input) {
        return attentions.get(step).get(row);
    }

    /** The logits after a history that begins with the input's number. */
    float[] logits(List<Integer> history) {
        var random = new SplittableRandom(history.hashCode() * 31L + seed);
        float[] logits = new float[vocabulary];
        for (int i = 0; i < vocabulary; i++) {
            int value = random.nextInt(ties);
            logits[i] = value == 1 ? Float.NEGATIVE_INFINITY : 4f * value / ties;
        }
        return logits;
    }

    @Override
    public int vocabulary() {
        return vocabulary;
    }

    @Override
    public void step(int rows, int[] tokens, int[] inputs, float[] logits) {
        steps++;
        rowsStepped += rows;
        List<float[]> looked = new ArrayList<>();
        attentions.add(looked);
        for (int row = 0; row < rows; row++) {
            List<Integer> before = state.get(row);
            if (before == null || before.get(0) != 1000 + inputs[row]) {
                throw new IllegalStateException("Row %d holds %s, not input %d".formatted(row, before, inputs[row]));
            }
            List<Integer> history = new ArrayList<>(before);
            history.add(tokens[row]);
            state.put(row, history);
            looked.add(attention(history));
            System.arraycopy(logits(history), 0, logits, row * vocabulary, vocabulary);
        }
    }

    @Override
    public void copy(int from, int to) {
        if (from == to) {
            throw new IllegalStateException("Row %d was copied onto itself".formatted(from));
        }
        copies++;
        state.put(to, state.getOrDefault(from, List.of()));
    }
}

package org.menagerie.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The open hypotheses of all inputs, each in a row of the step function, and how they survive from step to step.
 *
 * <p>Rows stay where they are if they can: the first surviving continuation of a hypothesis keeps its row, its siblings
 * and hypotheses beyond the new number of rows take rows that fell free. So the rows in use are always the first ones,
 * and no copy reads a row that another has overwritten.
 */
final class BeamRows {
    private final BeamSearch search;
    private final StepFunction function;
    private final StepLogits logits;
    private final Histories histories = new Histories();
    private final List<List<Hypothesis>> finished = new ArrayList<>();

    private int open;
    private int[] tokens;
    private int[] inputs;
    private int[] history;
    private double[] logProbability;
    /** For each input, its open rows, best first. */
    private final int[][] rowsOf;

    // Survivors of the current step, before they have rows; those of one input lie together, best first.
    private int survivors;
    private final int[] parentRow;
    private final int[] survivorToken;
    private final double[] survivorLog;
    private final int[] survivorsOf;
    private final int[] newRow;
    private final boolean[] taken;

    BeamRows(BeamSearch search, StepFunction function, int batch) {
        if (batch < 0) {
            throw new IllegalArgumentException("A batch of %d; expected 0 or more".formatted(batch));
        }
        int most = Math.multiplyExact(batch, search.width());
        this.search = search;
        this.function = function;
        this.logits = new StepLogits(function);
        this.open = batch;
        this.tokens = new int[most];
        this.inputs = new int[most];
        this.history = new int[most];
        this.logProbability = new double[most];
        this.rowsOf = new int[batch][];
        this.parentRow = new int[most];
        this.survivorToken = new int[most];
        this.survivorLog = new double[most];
        this.survivorsOf = new int[batch + 1];
        this.newRow = new int[most];
        this.taken = new boolean[most];
        for (int i = 0; i < batch; i++) {
            tokens[i] = search.start();
            inputs[i] = i;
            history[i] = Histories.NONE;
            rowsOf[i] = new int[] {i};
            finished.add(new ArrayList<>());
        }
    }

    int open() {
        return open;
    }

    List<Hypothesis> finished(int input) {
        List<Hypothesis> best = finished.get(input);
        return List.copyOf(best.subList(0, Math.min(search.nBest(), best.size())));
    }

    /** Generates the token that makes hypotheses {@code length} long. */
    void step(int length) {
        logits.step(open, tokens, inputs);
        survivors = 0;
        for (int input = 0; input < rowsOf.length; input++) {
            survivorsOf[input] = survivors;
            extend(input, length);
        }
        survivorsOf[rowsOf.length] = survivors;
        moveRows();
        adoptSurvivors();
    }

    /** Finds the best continuations of one input's hypotheses. */
    private void extend(int input, int length) {
        int first = survivors;
        int places = search.width() - finished.get(input).size();
        if (rowsOf[input].length == 0) {
            return;
        }
        for (int row : rowsOf[input]) {
            double denominator = logits.logSum(row, length);
            int[] best = Scores.topK(logits.values(), logits.from(row), logits.vocabulary(), places);
            for (int token : best) {
                double log = logProbability[row] + (logits.values()[logits.from(row) + token] - denominator);
                if (!(log > Double.NEGATIVE_INFINITY) || !insert(first, places, row, token, log)) {
                    break;
                }
            }
        }
        finishOrKeep(first, input, length);
    }

    /** Inserts a continuation among an input's best so far, after its equals; false if it is not among them. */
    private boolean insert(int first, int places, int row, int token, double log) {
        if (survivors - first == places) {
            if (log <= survivorLog[survivors - 1]) {
                return false;
            }
            survivors--;
        }
        int at = survivors++;
        for (; at > first && survivorLog[at - 1] < log; at--) {
            parentRow[at] = parentRow[at - 1];
            survivorToken[at] = survivorToken[at - 1];
            survivorLog[at] = survivorLog[at - 1];
        }
        parentRow[at] = row;
        survivorToken[at] = token;
        survivorLog[at] = log;
        return true;
    }

    /** Moves finished ones out of the survivors, and drops the open ones if none can win any more. */
    private void finishOrKeep(int first, int input, int length) {
        int kept = first;
        List<Hypothesis> done = finished.get(input);
        for (int i = first; i < survivors; i++) {
            boolean ended = survivorToken[i] == search.end();
            if (ended || length == search.maxLength()) {
                int row = parentRow[i];
                int leaf = histories.extend(history[row], survivorToken[i], row);
                done.add(new Hypothesis(
                        Arrays.copyOf(histories.tokens(leaf, length), ended ? length - 1 : length),
                        search.score(survivorLog[i], length),
                        survivorLog[i],
                        ended,
                        histories.rows(leaf, length)));
            } else {
                parentRow[kept] = parentRow[i];
                survivorToken[kept] = survivorToken[i];
                survivorLog[kept++] = survivorLog[i];
            }
        }
        done.sort(Comparator.comparingDouble(Hypothesis::score).reversed());
        survivors = kept;
        if (kept > first && done.size() >= search.nBest()) {
            double best = Double.NEGATIVE_INFINITY;
            for (int i = first; i < kept; i++) {
                best = Math.max(best, search.bound(survivorLog[i], length));
            }
            if (best <= done.get(search.nBest() - 1).score()) {
                survivors = first;
            }
        }
    }

    /** Gives each survivor a row, and has the step function copy the states of those that moved. */
    private void moveRows() {
        Arrays.fill(taken, 0, survivors, false);
        for (int i = 0; i < survivors; i++) {
            int row = parentRow[i];
            boolean stays = row < survivors && !taken[row];
            newRow[i] = stays ? row : -1;
            if (stays) {
                taken[row] = true;
            }
        }
        int free = 0;
        for (int i = 0; i < survivors; i++) {
            if (newRow[i] < 0) {
                while (taken[free]) {
                    free++;
                }
                newRow[i] = free;
                taken[free] = true;
                function.copy(parentRow[i], free);
            }
        }
    }

    private void adoptSurvivors() {
        int[] newHistory = new int[history.length];
        int[] newInputs = new int[inputs.length];
        for (int input = 0; input < rowsOf.length; input++) {
            int[] rows = new int[survivorsOf[input + 1] - survivorsOf[input]];
            for (int i = survivorsOf[input]; i < survivorsOf[input + 1]; i++) {
                int row = newRow[i];
                rows[i - survivorsOf[input]] = row;
                newHistory[row] = histories.extend(history[parentRow[i]], survivorToken[i], parentRow[i]);
                newInputs[row] = input;
                tokens[row] = survivorToken[i];
                logProbability[row] = survivorLog[i];
            }
            rowsOf[input] = rows;
        }
        history = newHistory;
        inputs = newInputs;
        open = survivors;
    }
}

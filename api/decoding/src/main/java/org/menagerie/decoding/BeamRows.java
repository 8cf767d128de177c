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
    /** For each beam, its open rows, best first; the groups of an input are neighbouring beams. */
    private final int[][] rowsOf;

    private final int groups;
    /** How often groups of the current input have chosen each token in the current step. */
    private final int[] chosen;

    // Survivors of the current step, before they have rows; those of one beam lie together, best first.
    private int survivors;
    private final int[] parentRow;
    private final int[] survivorToken;
    private final double[] survivorLog;
    /** The rank by which survivors are chosen: the log probability less the penalty of diversity. */
    private final double[] survivorRank;

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
        this.groups = search.diversity().groups();
        this.chosen = new int[search.diversity().strength() > 0 ? logits.vocabulary() : 0];
        this.rowsOf = new int[batch * groups][];
        this.parentRow = new int[most];
        this.survivorToken = new int[most];
        this.survivorLog = new double[most];
        this.survivorRank = new double[most];
        this.survivorsOf = new int[batch * groups + 1];
        this.newRow = new int[most];
        this.taken = new boolean[most];
        for (int i = 0; i < batch; i++) {
            tokens[i] = search.start();
            inputs[i] = i;
            history[i] = Histories.NONE;
        }
        for (int beam = 0; beam < rowsOf.length; beam++) {
            rowsOf[beam] = new int[] {beam / groups};
            finished.add(new ArrayList<>());
        }
    }

    int open() {
        return open;
    }

    /** The finished hypotheses of an input, of all its groups. */
    List<Hypothesis> finished(int input) {
        List<Hypothesis> best = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            best.addAll(finished.get(input * groups + group));
        }
        best.sort(Comparator.comparingDouble(Hypothesis::score).reversed());
        return List.copyOf(best.subList(0, Math.min(search.nBest(), best.size())));
    }

    /** Generates the token that makes hypotheses {@code length} long. */
    void step(int length) {
        logits.step(open, tokens, inputs);
        survivors = 0;
        for (int beam = 0; beam < rowsOf.length; beam++) {
            survivorsOf[beam] = survivors;
            if (beam % groups == 0) {
                Arrays.fill(chosen, 0);
            }
            extend(beam, length);
        }
        survivorsOf[rowsOf.length] = survivors;
        moveRows();
        adoptSurvivors();
    }

    /** Finds the best continuations of one beam's hypotheses. */
    private void extend(int beam, int length) {
        int first = survivors;
        int places = search.stopping() instanceof Stopping.AfterEnded
                ? search.groupWidth()
                : search.groupWidth() - finished.get(beam).size();
        if (rowsOf[beam].length == 0) {
            return;
        }
        for (int row : rowsOf[beam]) {
            double denominator = logits.logSum(row, length);
            float[] ranked = logits.ruled(
                    search.constraints(), row, inputs[row], () -> histories.tokens(history[row], length - 1));
            int from = logits.ruledFrom(row);
            if (beam % groups > 0 && chosen.length > 0) {
                ranked = lessChosen(ranked, from);
                from = 0;
            }
            for (int token : Scores.topK(ranked, from, logits.vocabulary(), places)) {
                double rank = logProbability[row] + (ranked[from + token] - denominator);
                double log = logProbability[row] + (logits.values()[logits.from(row) + token] - denominator);
                if (!(rank > Double.NEGATIVE_INFINITY) || !insert(first, places, row, token, rank, log)) {
                    break;
                }
            }
        }
        if (chosen.length > 0) {
            for (int i = first; i < survivors; i++) {
                chosen[survivorToken[i]]++;
            }
        }
        finishOrKeep(first, beam, length);
    }

    /** A row's logits, less what earlier groups' choices take. */
    private float[] lessChosen(float[] values, int from) {
        float[] less = new float[chosen.length];
        for (int token = 0; token < less.length; token++) {
            less[token] = (float) (values[from + token] - search.diversity().strength() * chosen[token]);
        }
        return less;
    }

    /** Inserts a continuation among an input's best so far, after its equals; false if it is not among them. */
    private boolean insert(int first, int places, int row, int token, double rank, double log) {
        if (survivors - first == places) {
            if (rank <= survivorRank[survivors - 1]) {
                return false;
            }
            survivors--;
        }
        int at = survivors++;
        for (; at > first && survivorRank[at - 1] < rank; at--) {
            parentRow[at] = parentRow[at - 1];
            survivorToken[at] = survivorToken[at - 1];
            survivorLog[at] = survivorLog[at - 1];
            survivorRank[at] = survivorRank[at - 1];
        }
        parentRow[at] = row;
        survivorToken[at] = token;
        survivorLog[at] = log;
        survivorRank[at] = rank;
        return true;
    }

    /** Moves finished ones out of the survivors, and drops the open ones if the beam is done. */
    private void finishOrKeep(int first, int beam, int length) {
        int kept = first;
        List<Hypothesis> done = finished.get(beam);
        for (int i = first; i < survivors; i++) {
            boolean endToken = survivorToken[i] == search.end();
            int survivor = i;
            boolean ended = endToken || search.constraints().stops(() -> said(survivor, length));
            if (ended || length == search.maxLength()) {
                done.add(hypothesis(i, beam / groups, length, endToken, ended));
            } else {
                parentRow[kept] = parentRow[i];
                survivorToken[kept] = survivorToken[i];
                survivorLog[kept++] = survivorLog[i];
            }
        }
        done.sort(Comparator.comparingDouble(Hypothesis::score).reversed());
        survivors = kept > first && isDone(done, first, kept, length) ? first : kept;
    }

    private int[] said(int survivor, int length) {
        int[] said = Arrays.copyOf(histories.tokens(history[parentRow[survivor]], length - 1), length);
        said[length - 1] = survivorToken[survivor];
        return said;
    }

    private Hypothesis hypothesis(int survivor, int input, int length, boolean endToken, boolean ended) {
        int row = parentRow[survivor];
        double log = survivorLog[survivor];
        int leaf = histories.extend(history[row], survivorToken[survivor], row, log - logProbability[row]);
        double score = search.score(log, length) + search.coverage(function, histories.rows(leaf, length), input);
        return histories.hypothesis(leaf, length, endToken, ended, score, log);
    }

    /** Returns whether a beam needs no more steps, given its finished hypotheses and its open survivors. */
    private boolean isDone(List<Hypothesis> done, int first, int end, int length) {
        if (search.stopping() instanceof Stopping.AfterEnded after) {
            return done.size() >= after.count();
        }
        int wanted = Math.min(search.nBest(), search.groupWidth());
        if (done.size() < wanted) {
            return false;
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int i = first; i < end; i++) {
            best = Math.max(best, search.bound(survivorLog[i], length));
        }
        return best <= done.get(wanted - 1).score();
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
        double[] parentLog = logProbability.clone();
        int[] newInputs = new int[inputs.length];
        for (int beam = 0; beam < rowsOf.length; beam++) {
            int[] rows = new int[survivorsOf[beam + 1] - survivorsOf[beam]];
            for (int i = survivorsOf[beam]; i < survivorsOf[beam + 1]; i++) {
                int row = newRow[i];
                rows[i - survivorsOf[beam]] = row;
                newHistory[row] = histories.extend(
                        history[parentRow[i]],
                        survivorToken[i],
                        parentRow[i],
                        survivorLog[i] - parentLog[parentRow[i]]);
                newInputs[row] = beam / groups;
                tokens[row] = survivorToken[i];
                logProbability[row] = survivorLog[i];
            }
            rowsOf[beam] = rows;
        }
        history = newHistory;
        inputs = newInputs;
        open = survivors;
    }
}

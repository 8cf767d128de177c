package org.menagerie.plugin.sentenceembedding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.menagerie.text.Tokens;

/**
 * Sequences of like length put together, so that little of a run is spent on padding.
 *
 * <p>Sorted by length, a batch grows while it stays under {@value #MOST_TOKENS} tokens, which bounds its memory, and
 * while its longest is at most {@value #MOST_STRETCH} times its shortest.
 */
final class LengthBatches {
    static final int MOST_TOKENS = 4096;
    private static final double MOST_STRETCH = 1.15;

    private LengthBatches() {}

    /**
     * The indices of the sequences of each batch.
     *
     * @param maxBatch the most sequences in one
     */
    static List<List<Integer>> of(List<Tokens> sequences, int maxBatch) {
        List<Integer> order = IntStream.range(0, sequences.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> sequences.get(i).length()))
                .toList();
        List<List<Integer>> batches = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= order.size(); i++) {
            if (i == order.size() || i - from == maxBatch || !fits(sequences, order, from, i)) {
                batches.add(order.subList(from, i));
                from = i;
            }
        }
        return batches;
    }

    private static boolean fits(List<Tokens> sequences, List<Integer> order, int from, int next) {
        int shortest = sequences.get(order.get(from)).length();
        int longest = sequences.get(order.get(next)).length();
        return longest * (next - from + 1L) <= MOST_TOKENS && longest <= shortest * MOST_STRETCH;
    }
}

package org.menagerie.plugin.sentenceembedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.menagerie.text.Tokens;

class LengthBatchesTest {
    @Test
    void everySequenceIsInOneBatchWithItsLike() {
        Random random = new Random(6);
        List<Tokens> sequences = IntStream.range(0, 500)
                .mapToObj(i -> sequence(2 + random.nextInt(511)))
                .toList();
        List<List<Integer>> batches = LengthBatches.of(sequences, 100);
        assertThat(batches.stream().flatMap(List::stream).sorted().toList())
                .isEqualTo(IntStream.range(0, 500).boxed().toList());
        for (List<Integer> batch : batches) {
            int longest = batch.stream()
                    .mapToInt(i -> sequences.get(i).length())
                    .max()
                    .orElseThrow();
            int shortest = batch.stream()
                    .mapToInt(i -> sequences.get(i).length())
                    .min()
                    .orElseThrow();
            assertThat(longest * batch.size()).isLessThanOrEqualTo(LengthBatches.MOST_TOKENS);
            assertThat(longest).isLessThanOrEqualTo((int) (shortest * 1.15));
        }
    }

    @Test
    void limitsHold() {
        assertThat(LengthBatches.of(List.of(sequence(5), sequence(5), sequence(5)), 2))
                .hasSize(2);
        assertThat(LengthBatches.of(List.of(), 2)).isEmpty();
        assertThat(LengthBatches.of(List.of(sequence(10_000)), 2)).containsExactly(List.of(0));
    }

    private static Tokens sequence(int length) {
        return new Tokens(new long[length], new long[length]);
    }
}

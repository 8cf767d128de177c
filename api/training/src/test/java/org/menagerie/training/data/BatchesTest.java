package org.menagerie.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;

class BatchesTest {
    private static final Transform NOISE = (batch, random) -> {
        var values = Column.in(batch, "x").floats();
        for (int i = 0; i < values.limit(); i++) {
            values.put(i, values.get(i) + random.nextFloat() / 2);
        }
    };

    @Test
    void everyExampleComesOnceAnEpochInAnotherOrderEachTime() {
        Batches batches = new Batches(numbers(103), BatchOrder.shuffled(10, 7));
        assertThat(batches.stepsPerEpoch()).isEqualTo(11);
        List<Integer> first = epoch(batches, 0);
        List<Integer> second = epoch(batches, 1);
        Integer[] all = IntStream.range(0, 103).boxed().toArray(Integer[]::new);
        assertThat(first).containsExactlyInAnyOrder(all).isNotEqualTo(second).doesNotContainSequence(0, 1, 2, 3);
        assertThat(second).containsExactlyInAnyOrder(all);
        assertThat(epoch(new Batches(numbers(103), BatchOrder.shuffled(10, 8)), 0))
                .isNotEqualTo(first);
        assertThat(epoch(new Batches(numbers(103), BatchOrder.inOrder(10)), 3)).containsExactly(all);
    }

    @Test
    void rowsOfAContinuousDataSetGoOnFromBatchToBatch() {
        Dataset text = new DatasetView() {
            @Override
            public Dataset viewed() {
                return numbers(23);
            }

            @Override
            public boolean isContinuous() {
                return true;
            }

            @Override
            public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
                return viewed().batch(indices, memory);
            }
        };
        Batches batches = new Batches(text, BatchOrder.shuffled(4, 7).droppingLast());
        assertThat(batches.stepsPerEpoch()).isEqualTo(5);
        assertThat(batches.indices(0, 0)).containsExactly(0, 5, 10, 15);
        assertThat(batches.indices(0, 1)).containsExactly(1, 6, 11, 16);
        assertThat(batches.indices(1, 4)).containsExactly(4, 9, 14, 19);
    }

    @Test
    void theLastSmallerBatchIsKeptOrDropped() {
        Batches kept = new Batches(numbers(25), BatchOrder.inOrder(10));
        Batches dropped = new Batches(numbers(25), BatchOrder.inOrder(10).droppingLast());
        assertThat(kept.batch(0, 2, new BatchMemory()).size()).isEqualTo(5);
        assertThat(dropped.stepsPerEpoch()).isEqualTo(2);
        assertThatThrownBy(() -> dropped.indices(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new Batches(numbers(9), BatchOrder.inOrder(10).droppingLast()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not enough for a batch of 10");
        assertThatThrownBy(() -> BatchOrder.inOrder(0)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void examplesOfLikeLengthsShareABatchAndEveryEpochHasOthers() {
        Dataset words = numbers(1_003, example -> example % 20);
        Batches batches = new Batches(words, BatchOrder.shuffled(10, 7).droppingLast());
        int padding = 0;
        List<Integer> seen = new ArrayList<>();
        List<Integer> longest = new ArrayList<>();
        for (int step = 0; step < batches.stepsPerEpoch(); step++) {
            int most = Arrays.stream(batches.indices(0, step))
                    .map(words::length)
                    .max()
                    .orElseThrow();
            longest.add(most);
            for (int example : batches.indices(0, step)) {
                padding += most - words.length(example);
                seen.add(example);
            }
        }
        assertThat(seen).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(padding)
                .as("padding of 1,000 examples, 9.5 each in whole batches of all lengths")
                .isLessThan(500);
        assertThat(longest)
                .as("batches come in an order of their own")
                .isNotEqualTo(longest.stream().sorted().toList());
        assertThat(batches.indices(1, 0)).isNotEqualTo(batches.indices(0, 0));
        assertThat(batches.indices(0, 0)).isEqualTo(new Batches(words, batches.plan()).indices(0, 0));
    }

    @Test
    void aStreamResumesAnywhereToTheSameBitsWithAndWithoutAThread() {
        BatchOrder plan = BatchOrder.shuffled(4, 11);
        List<float[]> whole = take(new Batches(numbers(30), plan, NOISE).stream(), 40);
        for (int start : new int[] {0, 1, 7, 8, 17, 31}) {
            for (BatchOrder each : List.of(plan, plan.prefetching())) {
                List<float[]> resumed = take(new Batches(numbers(30), each, NOISE).stream(start / 8, start % 8), 9);
                for (int i = 0; i < 9; i++) {
                    assertThat(resumed.get(i)).containsExactly(whole.get(start + i));
                }
            }
        }
    }

    @Test
    void aPrefetchedBatchIsNotTouchedWhileTheNextIsPrepared() throws InterruptedException {
        try (BatchStream stream =
                new Batches(numbers(64), BatchOrder.shuffled(8, 1).prefetching()).stream()) {
            for (int i = 0; i < 8; i++) {
                Tensor x = stream.next().tensor("x");
                float[] now = x.toFloatArray();
                Thread.sleep(2);
                assertThat(x.toFloatArray()).containsExactly(now);
            }
        }
    }

    @Test
    void whatADataSetThrowsComesOutOfNext() {
        Transform failing = (batch, random) -> {
            throw new InvalidInputException("bad example");
        };
        for (BatchOrder plan :
                List.of(BatchOrder.inOrder(2), BatchOrder.inOrder(2).prefetching())) {
            try (BatchStream stream = new Batches(numbers(4), plan, failing).stream()) {
                assertThatThrownBy(stream::next)
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessage("bad example");
            }
        }
    }

    @Test
    void memoryIsReusedAndGrowsWithTheBatch() {
        BatchMemory memory = new BatchMemory();
        Tensor small = memory.tensor("x", ElementType.FLOAT32, 2, 3);
        assertThat(memory.tensor("x", ElementType.FLOAT32, 2, 3)).isSameAs(small);
        Tensor large = memory.tensor("x", ElementType.FLOAT32, 5, 3);
        large.floats().put(0, 4f);
        Tensor again = memory.tensor("x", ElementType.FLOAT32, 1, 3);
        assertThat(again.toFloatArray()).hasSize(3).startsWith(4f);
        assertThat(memory.tensor("x", ElementType.INT64, 1)).hasToString("i64[1]");
    }

    @Test
    void subsetsShowTheirExamplesAndHaveHashesOfTheirOwn() {
        Dataset whole = numbers(10);
        Dataset tail = Subset.range(whole, "tail", 7, 10);
        assertThat(Column.in(tail.batch(2, 0), "x").toFloatArray()).containsExactly(9, 7);
        assertThat(tail.info().sha256())
                .isEqualTo(Subset.of(whole, "same", 7, 8, 9).info().sha256())
                .isNotEqualTo(Subset.of(whole, "other", 7, 9, 8).info().sha256());
        assertThatThrownBy(() -> Subset.of(whole, "beyond", 10)).isInstanceOf(IndexOutOfBoundsException.class);

        Dataset big = numbers(1_000);
        float[] drawn = Column.in(
                        Subset.bootstrap(big, 3, 0)
                                .batch(IntStream.range(0, 1_000).toArray()),
                        "x")
                .toFloatArray();
        long distinct =
                IntStream.range(0, 1_000).mapToObj(i -> drawn[i]).distinct().count();
        // 1 − 1/e of the examples are expected; five standard deviations are about 50.
        assertThat(distinct).isBetween(582L, 682L);
        assertThat(Subset.bootstrap(big, 3, 1).info().sha256())
                .isNotEqualTo(Subset.bootstrap(big, 3, 0).info().sha256());
    }

    @Test
    void randomStreamsAreFixedAndIndependent() {
        RandomStreams random = new RandomStreams(42);
        // Computed by a second implementation in Python: a change of the scheme would change every published run.
        assertThat(random.permutation(6, "shuffle", 0)).containsExactly(5, 4, 0, 3, 1, 2);
        assertThat(random.at("a", 1).nextLong()).isEqualTo(random.at("a", 1).nextLong());
        assertThat(List.of(
                        random.at("a", 1).nextLong(),
                        random.at("b", 1).nextLong(),
                        random.at("a", 2).nextLong(),
                        random.at("a", 1, 0).nextLong(),
                        random.at("a").nextLong(),
                        new RandomStreams(43).at("a", 1).nextLong()))
                .doesNotHaveDuplicates();
        int[] firstOf = new int[4];
        for (int epoch = 0; epoch < 4_000; epoch++) {
            firstOf[random.permutation(4, "shuffle", epoch)[0]]++;
        }
        assertThat(firstOf)
                .satisfies(counts ->
                        IntStream.of(counts).forEach(c -> assertThat(c).isBetween(860, 1_140)));
    }

    private static List<Integer> epoch(Batches batches, int epoch) {
        List<Integer> seen = new ArrayList<>();
        BatchMemory memory = new BatchMemory();
        for (int step = 0; step < batches.stepsPerEpoch(); step++) {
            for (float x : batches.batch(epoch, step, memory).tensor("x").toFloatArray()) {
                seen.add((int) x);
            }
        }
        return seen;
    }

    private static List<float[]> take(BatchStream stream, int n) {
        try (stream) {
            return IntStream.range(0, n)
                    .mapToObj(i -> stream.next().tensor("x").toFloatArray())
                    .toList();
        }
    }

    private static Dataset numbers(int size) {
        return numbers(size, example -> 0);
    }

    /** Example i is the number i. */
    private static Dataset numbers(int size, IntUnaryOperator lengths) {
        return new Dataset() {
            @Override
            public int length(int index) {
                return lengths.applyAsInt(index);
            }

            @Override
            public DatasetInfo info() {
                return new DatasetInfo("numbers", "0".repeat(64), List.of(Column.of("x", "f32[B]")), List.of());
            }

            @Override
            public int size() {
                return size;
            }

            @Override
            public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
                Tensor x = memory.tensor("x", ElementType.FLOAT32, indices.length);
                for (int i = 0; i < indices.length; i++) {
                    x.floats().put(i, indices[i]);
                }
                return Map.of("x", x);
            }
        };
    }
}

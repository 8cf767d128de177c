package org.menagerie.training.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.menagerie.spi.Tensor;
import org.menagerie.weights.Sha256;

/** Some of a data set's examples, in an order of their own, without a copy. */
public final class Subset implements Dataset {
    private final Dataset whole;
    private final int[] indices;
    private final DatasetInfo info;

    private Subset(Dataset whole, String name, int[] indices) {
        this.whole = whole;
        this.indices = indices;
        this.info = new DatasetInfo(
                name,
                hash(whole.info().sha256(), indices),
                whole.info().columns(),
                whole.info().labels(),
                whole.info().vocabulary());
    }

    /**
     * The examples at these indices, which may repeat.
     *
     * @throws IndexOutOfBoundsException if an index is not one of the whole's
     */
    public static Dataset of(Dataset whole, String name, int... indices) {
        for (int index : indices) {
            Objects.checkIndex(index, whole.size());
        }
        return new Subset(whole, name, indices.clone());
    }

    /** The examples from one index up to another. */
    public static Dataset range(Dataset whole, String name, int from, int to) {
        return of(whole, name, IntStream.range(from, to).toArray());
    }

    /**
     * As many examples as there are, drawn with replacement: what one member of a bagged ensemble trains on (Breiman
     * 1996).
     *
     * @param member the number of the member, from 0; each draws differently from the same seed
     */
    public static Dataset bootstrap(Dataset whole, long seed, int member) {
        RandomGenerator random = new RandomStreams(seed).at("bootstrap", member);
        int[] drawn = random.ints(whole.size(), 0, whole.size()).toArray();
        return of(whole, "%s, bootstrap %d of seed %d".formatted(whole.info().name(), member, seed), drawn);
    }

    @Override
    public DatasetInfo info() {
        return info;
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public String name(int position) {
        return whole.name(indices[position]);
    }

    @Override
    public Optional<Object> input(int position) {
        return whole.input(indices[position]);
    }

    @Override
    public int length(int position) {
        return whole.length(indices[position]);
    }

    /** That of the whole. */
    @Override
    public Optional<Range> range(String column) {
        return whole.range(column);
    }

    @Override
    public Map<String, Tensor> batch(int[] positions, BatchMemory memory) {
        return whole.batch(Arrays.stream(positions).map(i -> indices[i]).toArray(), memory);
    }

    private static String hash(String wholeSha256, int[] indices) {
        ByteBuffer bytes = ByteBuffer.allocate(64 + 4 * indices.length);
        bytes.put(wholeSha256.getBytes(StandardCharsets.US_ASCII));
        bytes.asIntBuffer().put(indices);
        return Sha256.of(bytes.array());
    }
}

package org.menagerie.text;

import java.nio.LongBuffer;
import java.util.List;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.TensorPool;

/**
 * Token sequences padded to the longest: the inputs of a BERT-like network.
 *
 * @param ids {@code i64[N,S]}, 0 where padded
 * @param mask {@code i64[N,S]}, 1 at tokens and 0 where padded
 * @param types {@code i64[N,S]}, 0 where padded
 */
record TokenBatch(Tensor ids, Tensor mask, Tensor types) {
    static TokenBatch of(List<Tokens> sequences, TensorPool pool) {
        int longest = 0;
        for (Tokens tokens : sequences) {
            longest = Math.max(longest, tokens.length());
        }
        Shape shape = new Shape(sequences.size(), longest);
        TokenBatch batch = new TokenBatch(
                pool.take(ElementType.INT64, shape),
                pool.take(ElementType.INT64, shape),
                pool.take(ElementType.INT64, shape));
        LongBuffer ids = batch.ids.longs();
        LongBuffer mask = batch.mask.longs();
        LongBuffer types = batch.types.longs();
        for (int i = 0; i < sequences.size(); i++) {
            Tokens tokens = sequences.get(i);
            int from = i * longest;
            ids.put(from, tokens.ids());
            types.put(from, tokens.types());
            for (int t = 0; t < longest; t++) {
                boolean padding = t >= tokens.length();
                mask.put(from + t, padding ? 0 : 1);
                if (padding) {
                    ids.put(from + t, 0);
                    types.put(from + t, 0);
                }
            }
        }
        return batch;
    }

    /** What gives the memory of all three back. */
    Runnable returning(TensorPool pool) {
        List<Runnable> all = List.of(pool.returning(ids), pool.returning(mask), pool.returning(types));
        return () -> all.forEach(Runnable::run);
    }
}

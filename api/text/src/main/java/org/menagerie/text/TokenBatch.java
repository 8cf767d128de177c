package org.menagerie.text;

import java.nio.LongBuffer;
import java.util.List;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * Token sequences padded to the longest: the inputs of a BERT-like network.
 *
 * @param ids {@code i64[N,S]}, 0 where padded
 * @param mask {@code i64[N,S]}, 1 at tokens and 0 where padded
 * @param types {@code i64[N,S]}, 0 where padded
 */
record TokenBatch(Tensor ids, Tensor mask, Tensor types) {
    static TokenBatch of(List<Tokens> sequences) {
        int longest = sequences.stream().mapToInt(Tokens::length).max().orElseThrow();
        TokenBatch batch = new TokenBatch(
                Tensor.allocate(ElementType.INT64, sequences.size(), longest),
                Tensor.allocate(ElementType.INT64, sequences.size(), longest),
                Tensor.allocate(ElementType.INT64, sequences.size(), longest));
        LongBuffer ids = batch.ids.longs();
        LongBuffer mask = batch.mask.longs();
        LongBuffer types = batch.types.longs();
        for (int i = 0; i < sequences.size(); i++) {
            Tokens tokens = sequences.get(i);
            ids.put(i * longest, tokens.ids());
            types.put(i * longest, tokens.types());
            for (int t = 0; t < tokens.length(); t++) {
                mask.put(i * longest + t, 1);
            }
        }
        return batch;
    }
}

package org.menagerie.spi;

import java.util.List;

/**
 * A decoder that can answer from several looks at the same inputs. It is bound by {@link DecoderKind#merging}, and a card or a
 * caller asks for looks by the setting {@value #SETTING}. Thread-safe.
 *
 * @param <O> the answer of the task
 */
public interface MergingDecoder<O> extends Decoder<O> {
    /** The setting that names the looks; it belongs to the model around the decoder, never to the decoder's own record. */
    String SETTING = "tta";

    /**
     * One answer for each input of the batch, in its order. Origins of every look lead back to the input itself.
     *
     * @param looks the plain look first; with the plain look alone the answer is that of {@link #decode}
     */
    List<O> merge(List<Seen> looks);

    @Override
    default List<O> decode(Prepared prepared, Inference inference) {
        return merge(List.of(new Seen(prepared, inference)));
    }

    /**
     * A batch as one look saw it.
     *
     * @param prepared the batch as the preprocessor left it
     * @param inference what the network made of it
     */
    record Seen(Prepared prepared, Inference inference) {}
}

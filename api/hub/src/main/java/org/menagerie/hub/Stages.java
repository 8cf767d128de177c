package org.menagerie.hub;

import java.util.List;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.Inference;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Preprocessor;

/**
 * What a model of one network does before and after the network, for whoever runs the network otherwise, such as to
 * differentiate it. The caller closes it.
 *
 * @param card the model's card
 * @param input what the model takes
 * @param preprocessor turns inputs into the network's tensors
 * @param decoder turns the network's outputs into answers
 */
public record Stages<I, O>(ModelCard card, Class<I> input, Preprocessor<I> preprocessor, Decoder<O> decoder)
        implements AutoCloseable {
    /**
     * The network's tensors for one input.
     *
     * @throws ClassCastException if the input is not of the input type
     */
    public Prepared prepare(Object value) {
        return preprocessor.prepare(List.of(input.cast(value)));
    }

    /** The answer that outputs of the network mean. */
    public O decode(Prepared prepared, Inference inference) {
        return decoder.decode(prepared, inference).get(0);
    }

    @Override
    public void close() {
        preprocessor.close();
    }
}

package org.menagerie.spi;

import java.util.List;

/**
 * Turns a network's outputs into answers of the task, in one shot or by calling the network again. Thread-safe.
 *
 * @param <O> the answer of the task
 */
public interface Decoder<O> {
    /**
     * One answer for each input of the batch, in its order. Answers must not hold the batch's tensors: their memory is used
     * again.
     */
    List<O> decode(Prepared prepared, Inference inference);
}

package org.menagerie.text.generation;

import org.jspecify.annotations.Nullable;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Network;

/**
 * The networks of a model that writes.
 *
 * @param encoder reads an input once; null for a decoder that continues prompts
 * @param prompt reads a prompt at once; null if the step network reads it token by token
 * @param step writes
 */
record DecoderNetworks(@Nullable Network encoder, @Nullable Network prompt, Network step, StepSignature signature)
        implements AutoCloseable {
    private static final String ENCODER = "encoder";
    private static final String PROMPT = "prompt";

    static DecoderNetworks of(ModelCard card, Artifacts artifacts) {
        Network step = artifacts.network("step");
        @Nullable Network encoder = null;
        @Nullable Network prompt = null;
        try {
            if (card.artifacts().containsKey(ENCODER)) {
                encoder = artifacts.network(ENCODER);
            }
            if (card.artifacts().containsKey(PROMPT)) {
                prompt = artifacts.network(PROMPT);
            }
            return new DecoderNetworks(encoder, prompt, step, StepSignature.of(card.name(), step));
        } catch (RuntimeException e) {
            close(step, encoder, prompt);
            throw e;
        }
    }

    @Override
    public void close() {
        close(step, encoder, prompt);
    }

    private static void close(Network step, @Nullable Network encoder, @Nullable Network prompt) {
        step.close();
        if (encoder != null) {
            encoder.close();
        }
        if (prompt != null) {
            prompt.close();
        }
    }
}

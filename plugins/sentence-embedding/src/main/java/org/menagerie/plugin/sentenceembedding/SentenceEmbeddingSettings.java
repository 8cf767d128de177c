package org.menagerie.plugin.sentenceembedding;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.menagerie.decoding.Pooling;
import org.menagerie.text.TokenizerSettings;

/**
 * How an encoder is fed and read. Its file is the artifact {@code model}, its vocabulary the artifact {@code tokenizer}.
 *
 * @param output the token vectors, {@code f32[N,S,D]}
 * @param pooling {@code mean}, {@code cls} or {@code max}
 * @param maxTokens the length that longer texts are cut to, special tokens included; 512 by default
 * @param maxBatch the most texts in a run. Quantized encoders scale a whole run's activations together, so that a
 *     text's vector depends on its neighbours; 1 keeps them apart. No limit by default.
 * @param normalize whether vectors are scaled to length 1; true by default
 */
public record SentenceEmbeddingSettings(
        String output,
        Pooling pooling,
        @Nullable Integer maxTokens,
        @Nullable Integer maxBatch,
        @Nullable Boolean normalize) {
    public SentenceEmbeddingSettings {
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(pooling, "pooling");
        TokenizerSettings.ofLength(maxTokens); // refuses lengths out of range
        if (maxBatch != null && maxBatch < 1) {
            throw new IllegalArgumentException("maxBatch must be at least 1, not %,d".formatted(maxBatch));
        }
    }

    int maxBatchOrDefault() {
        return maxBatch == null ? Integer.MAX_VALUE : maxBatch;
    }

    boolean normalizeOrDefault() {
        return normalize == null || normalize;
    }
}

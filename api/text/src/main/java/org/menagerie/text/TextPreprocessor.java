package org.menagerie.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Preprocessor;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.TensorPool;

/**
 * Texts to token tensors {@code i64[N,S]}, as {@link TokenizerSettings} say; S is the longest of the batch.
 *
 * <p>Whoever batches texts by length calls {@link #encode} and {@link #prepareTokens} apart. Thread-safe.
 */
public final class TextPreprocessor implements Preprocessor<String> {
    /** Shorter texts are all alike, characters. */
    private static final int SHORT = 32;

    private final TensorPool pool = new TensorPool();
    private final TokenizerSettings settings;
    private final Tokenizer tokenizer;

    /** A preprocessor with the vocabulary that the settings name among a card's files. */
    public TextPreprocessor(TokenizerSettings settings, Artifacts artifacts) {
        this.settings = settings;
        this.tokenizer = Tokenizer.open(artifacts.file(settings.artifactOrDefault()), settings.maxTokensOrDefault());
    }

    /** Texts of like length in characters share a batch, so that little of a run is padding. */
    @Override
    public Object batchKey(String input) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(input.length() / SHORT);
    }

    @Override
    public Prepared prepare(List<? extends String> inputs) {
        return prepareTokens(encode(inputs));
    }

    /** The tokens of each text, in order. */
    public List<Tokens> encode(List<? extends String> texts) {
        return tokenizer.encode(new ArrayList<>(texts));
    }

    /** One batch of texts that are tokens already. */
    public Prepared prepareTokens(List<Tokens> sequences) {
        TokenBatch batch = TokenBatch.of(sequences, pool);
        Map<String, Tensor> tensors = new HashMap<>();
        tensors.put(settings.idsOrDefault(), batch.ids());
        if (!settings.maskOrDefault().equals(TokenizerSettings.NONE)) {
            tensors.put(settings.maskOrDefault(), batch.mask());
        }
        if (!settings.typesOrDefault().equals(TokenizerSettings.NONE)) {
            tensors.put(settings.typesOrDefault(), batch.types());
        }
        return new Prepared(tensors, Collections.nCopies(sequences.size(), new Origin.None()), batch.returning(pool));
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}

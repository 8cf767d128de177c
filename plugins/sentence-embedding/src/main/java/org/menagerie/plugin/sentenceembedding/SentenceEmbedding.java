package org.menagerie.plugin.sentenceembedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.menagerie.decoding.Pooling;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Network;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.text.TextPreprocessor;
import org.menagerie.text.TokenizerSettings;
import org.menagerie.text.Tokens;

/**
 * Sentences to vectors: a tokenizer, a BERT-like encoder, pooling (Reimers and Gurevych 2019, Sentence-BERT).
 *
 * <p>An answer is the vector, {@code [D]}. Texts of like length share a run. Thread-safe.
 */
final class SentenceEmbedding implements Model<String, float[]> {
    private static final String MASK = "attention_mask";

    private final SentenceEmbeddingSettings settings;
    private final ModelCard card;
    private final TextPreprocessor preprocessor;
    private final Network network;

    SentenceEmbedding(SentenceEmbeddingSettings settings, ModelCard card, Artifacts artifacts) {
        this.settings = settings;
        this.card = card;
        this.network = artifacts.network("model");
        try {
            this.preprocessor = new TextPreprocessor(inputs(settings, network), artifacts);
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** Some exports do without token types. */
    private static TokenizerSettings inputs(SentenceEmbeddingSettings settings, Network network) {
        TokenizerSettings bert = TokenizerSettings.ofLength(settings.maxTokens());
        return network.inputs().stream().anyMatch(input -> input.name().equals("token_type_ids"))
                ? bert
                : bert.withoutTypes();
    }

    @Override
    public List<float[]> predict(List<? extends String> texts) {
        List<Tokens> sequences = preprocessor.encode(texts);
        List<float @Nullable []> vectors = new ArrayList<>(Collections.nCopies(texts.size(), null));
        for (List<Integer> batch : LengthBatches.of(sequences, settings.maxBatchOrDefault())) {
            List<float[]> pooled = embed(batch.stream().map(sequences::get).toList());
            for (int i = 0; i < batch.size(); i++) {
                vectors.set(batch.get(i), pooled.get(i));
            }
        }
        return List.copyOf(vectors);
    }

    private List<float[]> embed(List<Tokens> sequences) {
        int size;
        float[] pooled;
        try (Prepared prepared = preprocessor.prepareTokens(sequences)) {
            Tensor tokens = network.run(prepared.tensors()).get(settings.output());
            if (tokens == null || tokens.shape().rank() != 3) {
                throw new ZooException("Model '%s' gives %s; expected an output '%s' of token vectors f32[N,S,D]"
                        .formatted(card.name(), network.outputs(), settings.output()));
            }
            size = (int) tokens.shape().dim(2);
            long[] mask =
                    Objects.requireNonNull(prepared.tensors().get(MASK), MASK).toLongArray();
            pooled = settings.pooling().pool(tokens.toFloatArray(), mask, sequences.size(), size);
        }
        for (float number : pooled) {
            if (!Float.isFinite(number)) {
                throw new ZooException(
                        "Model '%s' gives a vector with %s; expected finite numbers: its file may be damaged"
                                .formatted(card.name(), number));
            }
        }
        if (settings.normalizeOrDefault()) {
            Pooling.normalize(pooled, size);
        }
        List<float[]> vectors = new ArrayList<>(sequences.size());
        for (int i = 0; i < sequences.size(); i++) {
            vectors.add(Arrays.copyOfRange(pooled, i * size, (i + 1) * size));
        }
        return vectors;
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public void close() {
        network.close();
        preprocessor.close();
    }
}

package org.menagerie.plugin.sentenceembedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.decoding.Pooling;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Network;
import org.menagerie.spi.Network.TensorInfo;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.text.TokenBatch;
import org.menagerie.text.Tokenizer;
import org.menagerie.text.Tokens;

/**
 * Sentences to vectors: a tokenizer, a BERT-like encoder, pooling (Reimers and Gurevych 2019, Sentence-BERT).
 *
 * <p>An answer is the vector, {@code [D]}. Texts of like length share a run. Thread-safe.
 */
final class SentenceEmbedding implements Model<String, float[]> {
    private final SentenceEmbeddingSettings settings;
    private final ModelCard card;
    private final Tokenizer tokenizer;
    private final Network network;
    private final List<String> inputs;

    SentenceEmbedding(SentenceEmbeddingSettings settings, ModelCard card, Artifacts artifacts) {
        this.settings = settings;
        this.card = card;
        this.tokenizer = Tokenizer.open(artifacts.file("tokenizer"), settings.maxTokensOrDefault());
        this.network = artifacts.network("model");
        this.inputs = network.inputs().stream().map(TensorInfo::name).toList();
    }

    @Override
    public List<float[]> predict(List<? extends String> texts) {
        List<Tokens> sequences = tokenizer.encode(List.copyOf(texts));
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
        TokenBatch batch = TokenBatch.of(sequences);
        Map<String, Tensor> outputs = network.run(fed(batch));
        Tensor tokens = outputs.get(settings.output());
        if (tokens == null || tokens.shape().rank() != 3) {
            throw new ZooException("Model '%s' gives %s; expected an output '%s' of token vectors f32[N,S,D]"
                    .formatted(card.name(), network.outputs(), settings.output()));
        }
        int size = (int) tokens.shape().dim(2);
        float[] pooled =
                settings.pooling().pool(tokens.toFloatArray(), batch.mask().toLongArray(), sequences.size(), size);
        if (settings.normalizeOrDefault()) {
            Pooling.normalize(pooled, size);
        }
        List<float[]> vectors = new ArrayList<>(sequences.size());
        for (int i = 0; i < sequences.size(); i++) {
            vectors.add(Arrays.copyOfRange(pooled, i * size, (i + 1) * size));
        }
        return vectors;
    }

    /** The tensors that the network takes: some exports do without token types. */
    private Map<String, Tensor> fed(TokenBatch batch) {
        Map<String, Tensor> named = new HashMap<>(batch.named());
        named.keySet().retainAll(inputs);
        return named;
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public void close() {
        network.close();
        tokenizer.close();
    }
}

package org.menagerie.plugin.transformer;

import java.util.Map;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.TransformerLayers.Given;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.BlockNames;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.graph.layer.TransformerBlock;
import org.menagerie.graph.layer.TransformerBlock.Activation;
import org.menagerie.spi.ElementType;

/**
 * The encoder of BERT (Devlin et al. 2019), with a classifier of the first token where there are classes.
 *
 * <p><b>Deviations.</b> The classifier reads the first token's last vector through the pooler, as Hugging Face's {@code
 * BertForSequenceClassification} does. Names and layouts are Hugging Face's {@code BertModel}; pretraining heads are left out.
 *
 * <p>{@code input_ids}, {@code attention_mask} and {@code token_type_ids}, i64[N,S], to {@code last_hidden_state
 * f32[N,S,width]} or, with classes, {@code logits f32[N,classes]}. 22,565,376 parameters as {@code minilm-l6}.
 */
final class Bert implements Architecture<Bert.Config> {
    /**
     * Sizes.
     *
     * @param vocabulary tokens that have a vector
     * @param longest positions that have a vector
     * @param width elements of a vector
     * @param heads of each attention
     * @param inner elements between the two layers of a block
     * @param layers blocks
     * @param classes that a first token's vector tells apart; 0 for the vectors themselves
     * @param dropout the probability with which elements become zero in training
     */
    record Config(
            int vocabulary, int longest, int width, int heads, int inner, int layers, int classes, double dropout) {
        Config {
            if (vocabulary < 2 || longest < 1 || layers < 1 || classes < 0 || classes == 1) {
                throw new IllegalArgumentException(
                        "BERT needs 2 tokens, a position, a layer and no classes or 2; found %d, %d, %d and %d"
                                .formatted(vocabulary, longest, layers, classes));
            }
        }
    }

    /** Added to variances before their root. */
    private static final double EPSILON = 1e-12;

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Map<String, Config> variants() {
        return Map.of(
                "bert-base", new Config(30_522, 512, 768, 12, 3072, 12, 2, 0.1),
                "minilm-l6", new Config(30_522, 512, 384, 12, 1536, 6, 0, 0.1));
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Value ids = g.input("input_ids", "i64[N,S]");
        Value mask = g.input("attention_mask", "i64[N,S]");
        Value x = g.add(
                table(g, "word_embeddings", ids, config.vocabulary(), config),
                table(g, "position_embeddings", g.positions(ids), config.longest(), config));
        x = g.add(x, table(g, "token_type_embeddings", g.input("token_type_ids", "i64[N,S]"), 2, config));
        x = g.dropout(g.layerNorm("embeddings.LayerNorm", x, EPSILON), config.dropout());
        Value absent = g.sub(1, g.cast(g.unsqueeze(mask, 1, 2), ElementType.FLOAT32));
        Given given = Given.masked(g.mul(absent, GraphBuilder.HIDDEN));
        TransformerBlock block = TransformerBlock.of(config.heads(), config.inner())
                .dropout(config.dropout())
                .activation(Activation.GELU)
                .epsilon(EPSILON)
                .names(BlockNames.BERT)
                .weights(Initializers.normal(0, 0.02));
        for (int layer = 0; layer < config.layers(); layer++) {
            x = g.transformerBlock("encoder.layer." + layer, x, given, block).output();
        }
        if (config.classes() == 0) {
            g.output("last_hidden_state", x);
            return;
        }
        Value first = g.gather(x, g.scalar(ElementType.INT64, 0), 1);
        Value pooled = g.tanh(dense(g, "pooler.dense", first, config.width()));
        g.output("logits", dense(g, "classifier", g.dropout(pooled, config.dropout()), config.classes()));
    }

    private static Value table(GraphBuilder g, String name, Value indices, int entries, Config config) {
        return g.embedding("embeddings." + name, indices, entries, config.width(), Initializers.normal(0, 0.02));
    }

    private static Value dense(GraphBuilder g, String name, Value x, int out) {
        return g.linear(name, x, out, Initializers.normal(0, 0.02), Initializers.zeros());
    }
}

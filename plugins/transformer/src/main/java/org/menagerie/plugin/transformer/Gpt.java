package org.menagerie.plugin.transformer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Task;
import org.menagerie.graph.TransformerLayers.Block;
import org.menagerie.graph.TransformerLayers.Given;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.BlockNames;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.graph.layer.TransformerBlock;
import org.menagerie.graph.layer.TransformerBlock.Activation;
import org.menagerie.spi.ElementType;

/**
 * A language model of decoder blocks only (Radford et al. 2019, GPT-2): what comes next after each token of a text.
 *
 * <p><b>Deviations.</b> None from Hugging Face's {@code GPT2LMHeadModel}, whose names and layouts it has, but for its scaled
 * initial weights of residual layers: here all start with one deviation.
 *
 * <p>{@code text i64[N,T]} to {@code logits f32[N,T-1,classes]} of the token after each. Exported as {@code prompt}, which
 * reads a text, and {@code step}, which goes on from it with a cache. 124,439,808 parameters as {@code gpt2}.
 */
final class Gpt implements Architecture<Gpt.Config> {
    /**
     * Sizes.
     *
     * @param classes tokens in the vocabulary
     * @param context positions that have a vector: the longest text
     * @param width elements of a vector
     * @param heads of each attention
     * @param layers blocks, each with four times the width inside
     * @param dropout the probability with which elements become zero in training
     */
    record Config(int classes, int context, int width, int heads, int layers, double dropout) {
        Config {
            if (classes < 2 || context < 1 || layers < 1) {
                throw new IllegalArgumentException("GPT needs 2 tokens, a position and a layer; found %d, %d and %d"
                        .formatted(classes, context, layers));
            }
        }

        private TransformerBlock block() {
            return TransformerBlock.of(heads, 4 * width)
                    .dropout(dropout)
                    .normFirst(true)
                    .activation(Activation.GELU_TANH)
                    .names(BlockNames.GPT2)
                    .weights(Initializers.normal(0, 0.02));
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Map<String, Config> variants() {
        return Map.of(
                "gpt2", new Config(50_257, 1024, 768, 12, 12, 0.1),
                "char-gpt", new Config(96, 256, 192, 6, 4, 0.1));
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Value tokens = g.slice(g.input("text", "i64[N,T]"), 1, 0, -1);
        Value x = embedded(g, config, tokens, g.positions(tokens));
        Given causal = Given.masked(g.causalMask(tokens));
        for (int layer = 0; layer < config.layers(); layer++) {
            x = g.transformerBlock("h." + layer, x, causal, config.block()).output();
        }
        g.output("logits", classify(g, x));
    }

    /** Cross-entropy of each token against the next; reports the share that is right, and bits a token. */
    @Override
    public Value loss(GraphBuilder g, Config config) {
        Value logits = g.reshape(g.output("logits"), -1, config.classes());
        Value next = g.reshape(g.slice(g.input("text"), 1, 1, Integer.MAX_VALUE), -1);
        Value loss = g.crossEntropy(logits, next);
        g.output("accuracy", g.accuracy(logits, next));
        g.output("bits", g.mul(loss, 1 / Math.log(2)));
        return loss;
    }

    @Override
    public Map<String, BiConsumer<GraphBuilder, Config>> networks() {
        Map<String, BiConsumer<GraphBuilder, Config>> networks = new LinkedHashMap<>();
        networks.put("prompt", Gpt::prompt);
        networks.put("step", Gpt::step);
        return networks;
    }

    @Override
    public Task task(Config config) {
        int half = Math.max(1, config.context() / 2);
        return Task.whole("text-generation", "text-generation", Map.of("separator", "none", "maxLength", half));
    }

    /** Reads a text. */
    private static void prompt(GraphBuilder g, Config config) {
        Value prompt = g.input("prompt", "i64[N,S]");
        Value x = embedded(g, config, prompt, g.positions(prompt));
        Given causal = Given.masked(g.causalMask(prompt));
        for (int layer = 0; layer < config.layers(); layer++) {
            Block block = g.transformerBlock("h." + layer, x, causal, config.block());
            Caches.first(g, layer, block.heads());
            x = block.output();
        }
        g.output("logits", classify(g, g.gather(x, g.scalar(ElementType.INT64, -1), 1)));
    }

    /** Takes texts one token further. */
    private static void step(GraphBuilder g, Config config) {
        Value token = g.unsqueeze(g.input("token", "i64[B]"), 1);
        Value position = g.unsqueeze(g.input("position", "i64[B]"), 1);
        Caches caches = new Caches(config.width(), config.heads());
        Value x = embedded(g, config, token, position);
        for (int layer = 0; layer < config.layers(); layer++) {
            Given given = new Given(null, caches.past(g, layer), null, null);
            Block block = g.transformerBlock("h." + layer, x, given, config.block());
            Caches.next(g, layer, block.heads());
            x = block.output();
        }
        g.output("logits", g.squeeze(classify(g, x), 1));
    }

    private static Value embedded(GraphBuilder g, Config config, Value tokens, Value positions) {
        Value rows = g.embedding("wte", tokens, config.classes(), config.width(), Initializers.normal(0, 0.02));
        Value places = g.embedding("wpe", positions, config.context(), config.width(), Initializers.normal(0, 0.01));
        return g.dropout(g.add(rows, places), config.dropout());
    }

    /** The last normalisation, and the matrix of embeddings once more. */
    private static Value classify(GraphBuilder g, Value x) {
        Value weight = Objects.requireNonNull(g.parameters().get("wte.weight")).value();
        return g.matMul(g.layerNorm("ln_f", x), g.transpose(weight, 1, 0));
    }
}

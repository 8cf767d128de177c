package org.menagerie.plugin.transformer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.AttentionLayers.Heads;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Task;
import org.menagerie.graph.TransformerLayers.Block;
import org.menagerie.graph.TransformerLayers.Given;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.graph.layer.TransformerBlock;
import org.menagerie.spi.ElementType;

/**
 * The Transformer (Vaswani et al. 2017, "Attention is all you need"): an encoder reads a spelling, a decoder writes the
 * target token by token.
 *
 * <p><b>Deviations.</b> As PyTorch's {@code nn.Transformer}, whose names and layouts it has, both stacks end with a layer
 * normalisation, and weights of attention and inner elements are dropped out too. {@code normFirst} normalises before each
 * part (Xiong 2020), which needs less care at the start of training; the paper does it after the sum.
 *
 * <p>{@code spelling i64[N,S]}, {@code spelling_length i32[N]} and {@code phonemes i64[N,T]}, from start to end token and
 * padded with 0, to {@code logits f32[N,T-1,classes]} of the token after each. Exported as {@code encoder}, which also
 * computes the keys and values of every layer's cross-attention, and {@code step}, whose self-attention has a cache.
 * 63,084,544 parameters as {@code transformer-base}: the blocks of table 3's base model, a vocabulary of 37,000 for both
 * sides in one matrix, and the two last normalisations (2,048).
 */
final class Transformer implements Architecture<Transformer.Config> {
    /** The token that fills up shorter targets. */
    static final int PADDING = 0;

    /** What the vectors of positions are. */
    enum Positions {
        /** Section 3.5: sines and cosines. */
        SINUSOIDAL,
        /** A trained vector for each position. */
        LEARNED
    }

    /** Which matrices are one (section 3.4). */
    enum Sharing {
        NONE,
        /** The embedding of targets and the last layer, which then has no bias. */
        OUTPUT,
        /** Those two and the embedding of inputs: both sides have one vocabulary. */
        ALL
    }

    /**
     * Sizes and choices.
     *
     * @param letters in the vocabulary of inputs, padding included
     * @param classes in the vocabulary of targets, padding, start and end included
     * @param width elements of a vector, the paper's d_model
     * @param heads of each attention; they divide the width
     * @param inner elements between the two layers of a block, the paper's d_ff
     * @param encoderLayers blocks that read
     * @param decoderLayers blocks that write
     * @param dropout the probability with which elements become zero in training
     * @param normFirst whether each part is normalised before it, not after the sum
     * @param positions what the vectors of positions are
     * @param appended elements of a position's vector that are appended to an embedding; 0 for a vector that is added
     * @param longest positions that have a learned vector
     * @param sharing which matrices are one
     * @param smoothing the weight of the uniform distribution in the targets of training
     */
    record Config(
            int letters,
            int classes,
            int width,
            int heads,
            int inner,
            int encoderLayers,
            int decoderLayers,
            double dropout,
            boolean normFirst,
            Positions positions,
            int appended,
            int longest,
            Sharing sharing,
            double smoothing) {
        Config {
            if (letters < 2 || classes < 4 || encoderLayers < 1 || decoderLayers < 1 || longest < 1) {
                throw new IllegalArgumentException(
                        "A Transformer needs 2 letters, 4 classes, a layer and a position; found %d, %d, %d and %d, %d"
                                .formatted(letters, classes, encoderLayers, decoderLayers, longest));
            }
            if (heads < 1 || width % heads != 0 || appended < 0 || appended >= width) {
                throw new IllegalArgumentException(
                        "Heads divide the width, and what is appended is a part of it; found width %d, %d heads, %d appended"
                                .formatted(width, heads, appended));
            }
            if ((sharing == Sharing.ALL && letters != classes) || (sharing != Sharing.NONE && appended > 0)) {
                throw new IllegalArgumentException(
                        "One matrix for several purposes needs one vocabulary and nothing appended; found %d letters, %d classes, %d appended"
                                .formatted(letters, classes, appended));
            }
        }

        private TransformerBlock block() {
            return TransformerBlock.of(heads, inner).dropout(dropout).normFirst(normFirst);
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Map<String, Config> variants() {
        Config base = new Config(
                37_000, 37_000, 512, 8, 2048, 6, 6, 0.1, false, Positions.SINUSOIDAL, 0, 512, Sharing.ALL, 0.1);
        Config spoken =
                new Config(28, 42, 256, 4, 512, 3, 3, 0.1, true, Positions.SINUSOIDAL, 0, 64, Sharing.OUTPUT, 0.1);
        return Map.of("transformer-base", base, "g2p-transformer", spoken);
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Value spelling = g.input("spelling", "i64[N,S]");
        Value length = g.input("spelling_length", "i32[N]");
        Value tokens = g.slice(g.input("phonemes", "i64[N,T]"), 1, 0, -1);
        Value encoded = encode(g, config, spelling, length);
        Value mask = g.paddingMask(length, spelling);
        Value causal = g.causalMask(tokens);
        Value x = embedded(g, config, "target_embedding", tokens, g.positions(tokens), config.classes());
        for (int layer = 0; layer < config.decoderLayers(); layer++) {
            String name = "decoder.layers." + layer;
            Given given = new Given(causal, null, g.memory(name, encoded, config.block()), mask);
            x = g.transformerBlock(name, x, given, config.block()).output();
        }
        g.output("logits", classify(g, config, x));
    }

    /** Cross-entropy of each token against the next, smoothed in training, padding left out; reports the share that is right. */
    @Override
    public Value loss(GraphBuilder g, Config config) {
        Value logits = g.reshape(g.output("logits"), -1, config.classes());
        Value next = g.reshape(g.slice(g.input("phonemes"), 1, 1, Integer.MAX_VALUE), -1);
        g.output("accuracy", g.accuracyWithout(logits, next, PADDING));
        return g.crossEntropyWithout(logits, next, PADDING, g.isTraining() ? config.smoothing() : 0);
    }

    @Override
    public Map<String, BiConsumer<GraphBuilder, Config>> networks() {
        Map<String, BiConsumer<GraphBuilder, Config>> networks = new LinkedHashMap<>();
        networks.put("encoder", Transformer::encoder);
        networks.put("step", Transformer::step);
        return networks;
    }

    @Override
    public Task task(Config config) {
        return Task.whole(
                "text2text-generation", "text-generation", Map.of("input", "spelling", "lowerCase", true, "beam", 5));
    }

    /** Reads inputs: keys and values of all decoder layers, {@code [N, 2*layers, heads, S, width/heads]}. */
    private static void encoder(GraphBuilder g, Config config) {
        Value encoded = encode(g, config, g.input("spelling", "i64[N,S]"), g.input("spelling_length", "i32[N]"));
        Value[] all = new Value[2 * config.decoderLayers()];
        for (int layer = 0; layer < config.decoderLayers(); layer++) {
            Heads memory = g.memory("decoder.layers." + layer, encoded, config.block());
            all[2 * layer] = g.unsqueeze(memory.keys(), 1);
            all[2 * layer + 1] = g.unsqueeze(memory.values(), 1);
        }
        g.output("memory", g.concat(1, all));
    }

    /** Takes hypotheses one token further: row b continues input {@code source[b]}. */
    private static void step(GraphBuilder g, Config config) {
        Value token = g.unsqueeze(g.input("token", "i64[B]"), 1);
        Value position = g.unsqueeze(g.input("position", "i64[B]"), 1);
        Value source = g.input("source", "i64[B]");
        int heads = config.heads();
        String type = "f32[N,%d,%d,S,%d]".formatted(2 * config.decoderLayers(), heads, config.width() / heads);
        Value memory = g.gather(g.input("memory", type), source, 0);
        Value length = g.gather(g.input("spelling_length", "i32[N]"), source, 0);
        Value mask =
                g.paddingMask(length, g.transpose(g.gather(memory, g.scalar(ElementType.INT64, 0), 1), 0, 2, 1, 3));
        Value x = embedded(g, config, "target_embedding", token, position, config.classes());
        @Nullable Value cross = null;
        for (int layer = 0; layer < config.decoderLayers(); layer++) {
            Heads seen = new Heads(part(g, memory, 2 * layer), part(g, memory, 2 * layer + 1));
            Given given = new Given(null, new Caches(config.width(), heads).past(g, layer), seen, mask);
            Block block = g.transformerBlock("decoder.layers." + layer, x, given, config.block());
            Caches.next(g, layer, block.heads());
            x = block.output();
            cross = block.cross();
        }
        g.output("logits", g.squeeze(classify(g, config, x), 1));
        if (cross != null) {
            g.output("attention", g.squeeze(g.mean(cross, 1), 1));
        }
    }

    private static Value encode(GraphBuilder g, Config config, Value spelling, Value length) {
        Value x = embedded(
                g,
                config,
                config.sharing() == Sharing.ALL ? "target_embedding" : "source_embedding",
                spelling,
                g.positions(spelling),
                config.letters());
        Given given = Given.masked(g.paddingMask(length, spelling));
        for (int layer = 0; layer < config.encoderLayers(); layer++) {
            x = g.transformerBlock("encoder.layers." + layer, x, given, config.block())
                    .output();
        }
        return g.layerNorm("encoder.norm", x);
    }

    /** Embeddings of tokens {@code [N,T]}, times the root of the width (section 3.4), with their positions'. */
    private static Value embedded(
            GraphBuilder g, Config config, String name, Value tokens, Value positions, int entries) {
        int width = config.width() - config.appended();
        Value rows = g.sharing(
                () -> g.embedding(name, tokens, entries, width, Initializers.normal(0, Math.pow(width, -0.5))));
        int size = config.appended() == 0 ? width : config.appended();
        Value vectors = config.positions() == Positions.SINUSOIDAL
                ? g.sinusoidal(positions, size)
                : g.embedding(name + ".positions", positions, config.longest(), size, Initializers.normal(0, 0.02));
        Value scaled = g.mul(rows, Math.sqrt(width));
        return g.dropout(
                config.appended() == 0 ? g.add(scaled, vectors) : g.appended(scaled, vectors), config.dropout());
    }

    private static Value classify(GraphBuilder g, Config config, Value x) {
        Value last = g.layerNorm("decoder.norm", x);
        if (config.sharing() == Sharing.NONE) {
            return g.linear("generator", last, config.classes());
        }
        Value weight = Objects.requireNonNull(g.parameters().get("target_embedding.weight"))
                .value();
        return g.matMul(last, g.transpose(weight, 1, 0));
    }

    private static Value part(GraphBuilder g, Value memory, int index) {
        return g.squeeze(g.slice(memory, 1, index, index + 1), 1);
    }
}

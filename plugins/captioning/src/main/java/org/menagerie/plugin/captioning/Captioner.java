package org.menagerie.plugin.captioning;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.RecurrentLayers.Start;
import org.menagerie.graph.RecurrentLayers.States;
import org.menagerie.graph.Task;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.graph.layer.Recurrent;

/**
 * Captions for images: convolutions see, an LSTM writes. With attention over the places of the deepest map (Xu et al. 2015, "Show,
 * attend and tell: neural image caption generation with visual attention", soft attention), or without (Vinyals et al. 2015, "Show
 * and tell: a neural image caption generator").
 *
 * <p><b>Deviations.</b> The encoder is small and trained with the decoder. Attention comes after the LSTM and is not fed back into
 * it, so that training runs over all words as one operator; it has no gate and no doubly stochastic penalty. The LSTM starts from
 * a linear layer over the whole map. A learned vector for each place is added to the map.
 *
 * <p>{@code image f32[N,channels,size,size]} and {@code caption i64[N,T]}, from start to end and padded with 0, to {@code logits
 * f32[N,T-1,classes]} of the token after each. Exported as {@code encoder} and {@code step}.
 */
final class Captioner implements Architecture<Captioner.Config> {
    private static final int PADDING = 0;

    /** Whether each word looks at the image's places. */
    enum Attention {
        NONE,
        ADDITIVE
    }

    /**
     * @param filters of each stage of convolutions, which halves the map
     * @param embedding elements that stand for a word
     * @param hidden elements of the LSTM's states, and of the attention
     * @param classes words, padding, start and end included
     */
    record Config(
            Attention attention,
            List<Integer> filters,
            int embedding,
            int hidden,
            double dropout,
            int classes,
            int channels,
            int size) {
        Config {
            if (filters.isEmpty()
                    || Collections.min(filters) < 1
                    || embedding < 1
                    || hidden < 1
                    || classes < 4
                    || channels < 1
                    || size < 1 << filters.size()) {
                throw new IllegalArgumentException(
                        "A captioner needs filters for each stage, sizes from 1, 4 classes, a channel and images of at least %d pixels; found %s"
                                .formatted(
                                        1 << filters.size(),
                                        List.of(filters, embedding, hidden, classes, channels, size)));
            }
        }

        private int depth() {
            return filters.get(filters.size() - 1);
        }
    }

    /** What the encoder leaves: the places {@code [N,P,depth]}, their keys {@code [N,P,hidden]}, and the LSTM's start. */
    private record Seen(Value memory, Value keys, Value hidden, Value cell) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Map<String, Config> variants() {
        List<Integer> filters = List.of(16, 32, 64, 96);
        return Map.of(
                "captioner", new Config(Attention.ADDITIVE, filters, 48, 128, .2, 32, 1, 128),
                "captioner-plain", new Config(Attention.NONE, filters, 48, 128, .2, 32, 1, 128));
    }

    @Override
    public Task task(Config config) {
        return Task.whole("image-to-text", "text-generation", Map.of("beam", 3, "maxLength", 16))
                .preparedBy("image")
                .judgedBy("captions");
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Seen seen = encode(g, config);
        Value words = g.slice(g.input("caption", "i64[N,T]"), 1, 0, -1);
        States states = decode(g, config, words, seen.hidden(), seen.cell());
        Value outputs = g.transpose(states.sequence(), 1, 0, 2);
        g.output("logits", classify(g, config, attend(g, config, seen.memory(), seen.keys(), outputs)));
    }

    /** Cross-entropy of each word against the next, padding left out; reports the share of words that are right. */
    @Override
    public Value loss(GraphBuilder g, Config config) {
        Value logits = g.reshape(g.output("logits"), -1, config.classes());
        Value next = g.reshape(g.slice(g.input("caption"), 1, 1, Integer.MAX_VALUE), -1);
        g.output("accuracy", g.accuracyWithout(logits, next, PADDING));
        return g.crossEntropyWithout(logits, next, PADDING);
    }

    @Override
    public Map<String, BiConsumer<GraphBuilder, Config>> networks() {
        Map<String, BiConsumer<GraphBuilder, Config>> networks = new LinkedHashMap<>();
        networks.put("encoder", Captioner::encoder);
        networks.put("step", Captioner::step);
        return networks;
    }

    private static void encoder(GraphBuilder g, Config config) {
        Seen seen = encode(g, config);
        if (config.attention() == Attention.ADDITIVE) {
            g.output("memory", seen.memory());
            g.output("keys", seen.keys());
        }
        g.output("hidden", seen.hidden());
        g.output("cell", seen.cell());
    }

    /** The network that takes hypotheses one word further: row b continues image {@code source[b]}. */
    private static void step(GraphBuilder g, Config config) {
        Value token = g.input("token", "i64[B]");
        Value hidden = g.input("hidden", "f32[B,%d]".formatted(config.hidden()));
        Value cell = g.input("cell", "f32[B,%d]".formatted(config.hidden()));
        States states = decode(g, config, g.unsqueeze(token, 1), hidden, cell);
        Value outputs = g.transpose(states.sequence(), 1, 0, 2);
        Value memory = outputs;
        Value keys = outputs;
        if (config.attention() == Attention.ADDITIVE) {
            Value source = g.input("source", "i64[B]");
            memory = g.gather(g.input("memory", "f32[N,P,%d]".formatted(config.depth())), source, 0);
            keys = g.gather(g.input("keys", "f32[N,P,%d]".formatted(config.hidden())), source, 0);
        }
        Attended attended = attend(g, config, memory, keys, outputs);
        g.output("logits", g.squeeze(classify(g, config, attended), 1));
        g.output("next_hidden", g.squeeze(states.hidden(), 0));
        g.output("next_cell", g.squeeze(Objects.requireNonNull(states.cell()), 0));
        if (config.attention() == Attention.ADDITIVE) {
            g.output("attention", g.squeeze(attended.weights(), 1));
        }
    }

    private static Seen encode(GraphBuilder g, Config config) {
        Value x = g.input("image", "f32[N,%d,%d,%<d]".formatted(config.channels(), config.size()));
        for (int stage = 0; stage < config.filters().size(); stage++) {
            Conv kernel = Conv.kernel(3)
                    .filters(config.filters().get(stage))
                    .pad(1)
                    .noBias()
                    .init(Initializers.heNormal());
            x = layer(g, "encoder%d.1".formatted(stage), x, kernel.stride(2));
            x = stage == 0 ? x : layer(g, "encoder%d.2".formatted(stage), x, kernel);
        }
        long places = x.dim(2).value() * x.dim(3).value();
        Value map = g.transpose(g.reshape(x, -1, config.depth(), places), 0, 2, 1);
        Value memory = g.add(
                map,
                g.parameter(
                        "encoder.places",
                        TensorType.parse("f32[%d,%d]".formatted(places, config.depth())),
                        Initializers.zeros()));
        Value start = g.dropout(g.flatten(memory), config.dropout());
        Value keys = config.attention() == Attention.NONE
                ? memory
                : g.linear("attention.keys", memory, config.hidden(), false, Initializers.fanInUniform());
        return new Seen(
                memory,
                keys,
                g.tanh(g.linear("start.hidden", start, config.hidden())),
                g.linear("start.cell", start, config.hidden()));
    }

    private static Value layer(GraphBuilder g, String name, Value x, Conv settings) {
        return g.relu(g.batchNorm(name + ".bn", g.conv(name + ".conv", x, settings)));
    }

    private static States decode(GraphBuilder g, Config config, Value words, Value hidden, Value cell) {
        Value fed = g.embedding("decoder.embedding", g.transpose(words, 1, 0), config.classes(), config.embedding());
        Start start = new Start(g.unsqueeze(hidden, 0), g.unsqueeze(cell, 0));
        return g.lstm("decoder.rnn", g.dropout(fed, config.dropout()), null, start, Recurrent.hidden(config.hidden()));
    }

    /** Where each word looks, {@code [N,T,P]}, and the LSTM's output with that taken in, {@code [N,T,hidden]}. */
    private record Attended(Value weights, Value state) {}

    /** e = v·tanh(keys + W·output), its softmax over the places, and their mean of the memory (Xu 2015, eqs. 4, 5 and 13). */
    private static Attended attend(GraphBuilder g, Config config, Value memory, Value keys, Value outputs) {
        if (config.attention() == Attention.NONE) {
            return new Attended(outputs, outputs);
        }
        Value query = g.linear("attention.query", outputs, config.hidden());
        Value both = g.tanh(g.add(g.unsqueeze(keys, 1), g.unsqueeze(query, 2)));
        Value scores = g.linear("attention.score", both, 1, false, Initializers.fanInUniform());
        Value weights = g.softmax(g.squeeze(scores, 3), 2);
        Value joined = g.concat(2, g.matMul(weights, memory), outputs);
        return new Attended(weights, g.tanh(g.linear("attention.combine", joined, config.hidden())));
    }

    private static Value classify(GraphBuilder g, Config config, Attended attended) {
        return g.linear("out", g.dropout(attended.state(), config.dropout()), config.classes());
    }
}

package org.menagerie.plugin.seq2seq;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Noise;
import org.menagerie.graph.RecurrentLayers.Start;
import org.menagerie.graph.RecurrentLayers.States;
import org.menagerie.graph.Task;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.graph.layer.Recurrent;
import org.menagerie.spi.ElementType;

/**
 * Sequence to sequence: an LSTM or GRU reads a spelling, another one, which starts from its last states, writes the
 * target token by token (Sutskever 2014), looking back at the encoder's states (Luong, Pham and Manning 2015,
 * "Effective approaches to attention-based neural machine translation", section 3.1, global attention), or by the additive score of
 * Bahdanau, Cho and Bengio 2015.
 *
 * <p><b>Deviations.</b> Attention comes after the recurrent layers and is not fed back into them (the paper's section 3.3
 * does), so that training runs the decoder over all tokens at once. Scheduled sampling (Bengio 2015) takes two passes, as in
 * Mihaylova and Martins 2019: what a first pass over the true tokens finds most probable stands in for some of them in a
 * second one, where the paper samples while it decodes. Where the encoder runs in both directions, each has half the width.
 *
 * <p>{@code spelling i64[N,S]}, {@code spelling_length i32[N]} and {@code phonemes i64[N,T]}, from start to end token and
 * padded with 0, to {@code logits f32[N,T-1,classes]} of the token after each. Exported as two networks: {@code encoder}, run
 * once an input, and {@code step}, run once a token. 2,922,282 parameters as {@code g2p-lstm}.
 */
final class Seq2Seq implements Architecture<Seq2Seq.Config> {
    /** The token that fills up shorter targets. */
    static final int PADDING = 0;

    /** The recurrent cell of encoder and decoder. */
    enum Cell {
        LSTM,
        GRU
    }

    /** How well a decoder's state and an encoder's match: the paper's equation 8. */
    enum Attention {
        /** No attention: the decoder sees the encoder's last states only. */
        NONE,
        /** Their inner product. */
        DOT,
        /** Their inner product with a learned matrix between them; the paper calls it general. */
        MULTIPLICATIVE,
        /** The inner product of a learned query W_q·s and a learned key W_k·h. */
        PROJECTED,
        /** v·tanh(W_q·s + W_k·h) (Bahdanau 2015, appendix A.1.2); W_q has a bias. */
        ADDITIVE;

        private boolean hasKeys() {
            return this == PROJECTED || this == ADDITIVE;
        }
    }

    /**
     * Sizes and choices.
     *
     * @param letters in the alphabet of inputs, padding included
     * @param classes tokens in the alphabet of targets, padding, start and end included
     * @param embedding elements that stand for a letter or token
     * @param hidden elements of a state
     * @param layers of encoder and decoder each
     * @param bidirectional whether the encoder also reads backwards
     * @param dropout the probability with which elements of embeddings and states become zero in training
     * @param sampling how scheduled sampling sets in
     * @param lastTruth the share of true tokens that the decoder is fed at the end of training
     * @param values whether a learned matrix transforms what attention averages; false
     */
    record Config(
            Cell cell,
            Attention attention,
            int letters,
            int classes,
            int embedding,
            int hidden,
            int layers,
            boolean bidirectional,
            double dropout,
            SamplingDecay sampling,
            double lastTruth,
            @Nullable Boolean values) {
        Config {
            if (attention == Attention.NONE && Boolean.TRUE.equals(values)) {
                throw new IllegalArgumentException(
                        "Without attention there are no values to transform; leave 'values' out");
            }
            if (letters < 2 || classes < 4 || embedding < 1 || layers < 1 || hidden < 1) {
                throw new IllegalArgumentException(
                        "Seq2Seq needs 2 letters, 4 classes and sizes from 1; found %d, %d and %d, %d, %d"
                                .formatted(letters, classes, embedding, hidden, layers));
            }
            if (bidirectional && hidden % 2 != 0) {
                throw new IllegalArgumentException(
                        "Two directions share the hidden elements: an even number; found " + hidden);
            }
            if (!(lastTruth > 0 && lastTruth < 1)) {
                throw new IllegalArgumentException(
                        "The last share of true tokens lies between 0 and 1; found " + lastTruth);
            }
        }

        private Recurrent encoder() {
            Recurrent layer = Recurrent.hidden(bidirectional ? hidden / 2 : hidden);
            return (bidirectional ? layer.bothDirections() : layer)
                    .layers(layers)
                    .dropout(dropout);
        }

        private Recurrent decoder() {
            return Recurrent.hidden(hidden).layers(layers).dropout(dropout);
        }

        private boolean hasValues() {
            return Boolean.TRUE.equals(values);
        }

        /** Whether attention compares with something else than it averages. */
        private boolean hasOwnKeys() {
            return attention.hasKeys() || hasValues();
        }

        /** Elements of a decoder's states: every layer's hidden state, of an LSTM then every layer's cell. */
        private int state() {
            return (cell == Cell.LSTM ? 2 : 1) * layers * hidden;
        }
    }

    /** What attention looks at, {@code [N,S,hidden]}: keys are compared with, values averaged; the states themselves by default. */
    private record Memory(Value keys, Value values) {}

    /** What the encoder leaves, and what the decoder starts from, {@code [N,state]}. */
    private record Encoded(Memory memory, Value state) {}

    /** How a decoder's state looks at letters, {@code f32[N,T,S]}, and the state with that taken in, {@code f32[N,T,hidden]}. */
    private record Attended(@Nullable Value weights, Value state) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Map<String, Config> variants() {
        Config lstm = new Config(
                Cell.LSTM, Attention.MULTIPLICATIVE, 28, 42, 128, 512, 1, true, 0.3, SamplingDecay.NONE, 0.75, null);
        return Map.of("g2p-lstm", lstm);
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Value spelling = g.input("spelling", "i64[N,S]");
        Value length = g.input("spelling_length", "i32[N]");
        Value tokens = g.slice(g.input("phonemes", "i64[N,T]"), 1, 0, -1);
        Encoded encoded = encode(g, config, spelling, length);
        Value logits = teach(g, config, encoded, length, tokens);
        if (g.isTraining() && config.sampling() != SamplingDecay.NONE) {
            Value mixed = mixed(g, config, tokens, g.argMax(logits, 2));
            logits = g.sharing(() -> teach(g, config, encoded, length, mixed));
        }
        g.output("logits", logits);
    }

    /** Cross-entropy of each token against the next, padding left out; reports the share of tokens that are right. */
    @Override
    public Value loss(GraphBuilder g, Config config) {
        Value logits = g.reshape(g.output("logits"), -1, config.classes());
        Value next = g.reshape(g.slice(g.input("phonemes"), 1, 1, Integer.MAX_VALUE), -1);
        g.output("accuracy", g.accuracyWithout(logits, next, PADDING));
        return g.crossEntropyWithout(logits, next, PADDING);
    }

    @Override
    public Map<String, BiConsumer<GraphBuilder, Config>> networks() {
        Map<String, BiConsumer<GraphBuilder, Config>> networks = new LinkedHashMap<>();
        networks.put("encoder", Seq2Seq::encoder);
        networks.put("step", Seq2Seq::step);
        return networks;
    }

    @Override
    public Task task(Config config) {
        return Task.whole(
                "text2text-generation", "text-generation", Map.of("input", "spelling", "lowerCase", true, "beam", 5));
    }

    /** The network that reads inputs. */
    private static void encoder(GraphBuilder g, Config config) {
        Value spelling = g.input("spelling", "i64[N,S]");
        Encoded encoded = encode(g, config, spelling, g.input("spelling_length", "i32[N]"));
        g.output("memory", encoded.memory().values());
        if (config.hasOwnKeys()) {
            g.output("keys", encoded.memory().keys());
        }
        g.output("state", encoded.state());
    }

    /** The network that takes hypotheses one token further: row b continues input {@code source[b]}. */
    private static void step(GraphBuilder g, Config config) {
        Value token = g.input("token", "i64[B]");
        Value state = g.input("state", "f32[B,%d]".formatted(config.state()));
        Value source = g.input("source", "i64[B]");
        String type = "f32[N,S,%d]".formatted(config.hidden());
        Value values = g.gather(g.input("memory", type), source, 0);
        Value keys = config.hasOwnKeys() ? g.gather(g.input("keys", type), source, 0) : values;
        Value length = g.gather(g.input("spelling_length", "i32[N]"), source, 0);
        States states = decode(g, config, state, g.unsqueeze(token, 1));
        Value outputs = g.transpose(states.sequence(), 1, 0, 2);
        Attended attended = attend(g, config, new Memory(keys, values), length, outputs);
        g.output("logits", g.squeeze(classify(g, config, attended.state()), 1));
        g.output("next_state", flat(g, config, states));
        if (attended.weights() != null) {
            g.output("attention", g.squeeze(attended.weights(), 1));
        }
    }

    private static Encoded encode(GraphBuilder g, Config config, Value spelling, Value length) {
        Value letters =
                g.embedding("encoder.embedding", g.transpose(spelling, 1, 0), config.letters(), config.embedding());
        Value x = g.dropout(letters, config.dropout());
        States states = config.cell() == Cell.LSTM
                ? g.lstm("encoder.rnn", x, length, config.encoder())
                : g.gru("encoder.rnn", x, length, config.encoder());
        Value memory = g.transpose(states.sequence(), 1, 0, 2);
        Value keys = config.attention().hasKeys() ? matrix(g, "attention.keys", memory, config.hidden()) : memory;
        Value values = config.hasValues() ? matrix(g, "attention.values", memory, config.hidden()) : memory;
        return new Encoded(new Memory(keys, values), flat(g, config, states));
    }

    private static Value matrix(GraphBuilder g, String name, Value x, int out) {
        return g.linear(name, x, out, false, Initializers.fanInUniform());
    }

    /** States of layers and directions as one row an example: {@code [layers*directions,N,h]} to {@code [N,state]}. */
    private static Value flat(GraphBuilder g, Config config, States states) {
        int size = config.layers() * config.hidden();
        Value hidden = g.reshape(g.transpose(states.hidden(), 1, 0, 2), -1, size);
        return states.cell() == null
                ? hidden
                : g.concat(1, hidden, g.reshape(g.transpose(states.cell(), 1, 0, 2), -1, size));
    }

    /** The reverse of {@link #flat}, with the decoder's layers. */
    private static Start start(GraphBuilder g, Config config, Value state) {
        long size = (long) config.layers() * config.hidden();
        Value hidden = g.slice(state, 1, 0, size);
        Value cell = config.cell() == Cell.LSTM ? g.slice(state, 1, size, 2 * size) : null;
        return new Start(layered(g, config, hidden), cell == null ? null : layered(g, config, cell));
    }

    private static Value layered(GraphBuilder g, Config config, Value rows) {
        return g.transpose(g.reshape(rows, -1, config.layers(), config.hidden()), 1, 0, 2);
    }

    /** Runs the decoder's recurrent layers over tokens {@code [N,T]}. */
    private static States decode(GraphBuilder g, Config config, Value state, Value tokens) {
        Value fed = g.embedding("decoder.embedding", g.transpose(tokens, 1, 0), config.classes(), config.embedding());
        Value x = g.dropout(fed, config.dropout());
        Start start = start(g, config, state);
        return config.cell() == Cell.LSTM
                ? g.lstm("decoder.rnn", x, null, start, config.decoder())
                : g.gru("decoder.rnn", x, null, start, config.decoder());
    }

    /** Teacher forcing: the logits after every token of a known sequence. */
    private static Value teach(GraphBuilder g, Config config, Encoded encoded, Value length, Value tokens) {
        States states = decode(g, config, encoded.state(), tokens);
        Value outputs = g.transpose(states.sequence(), 1, 0, 2);
        return classify(
                g, config, attend(g, config, encoded.memory(), length, outputs).state());
    }

    /** Equations 5 and 7: softmax of the scores over the input's letters, their mean of the values, one tanh layer. */
    private static Attended attend(GraphBuilder g, Config config, Memory memory, Value length, Value outputs) {
        if (config.attention() == Attention.NONE) {
            return new Attended(null, outputs);
        }
        Value letters = g.op(
                "Range", g.scalar(ElementType.INT64, 0), g.extent(memory.keys(), 1), g.scalar(ElementType.INT64, 1));
        Value lengths = g.reshape(g.cast(length, ElementType.INT64), -1, 1, 1);
        Value outside = g.cast(g.greaterOrEqual(g.reshape(letters, 1, 1, -1), lengths), ElementType.FLOAT32);
        Value weights = g.softmax(g.add(scores(g, config, memory.keys(), outputs), g.mul(outside, -1e9)), 2);
        Value both = g.concat(2, g.matMul(weights, memory.values()), outputs);
        return new Attended(weights, g.tanh(matrix(g, "attention.combine", both, config.hidden())));
    }

    /** Equation 8: how well each of the decoder's states {@code [N,T,hidden]} matches each key, {@code [N,T,S]}. */
    private static Value scores(GraphBuilder g, Config config, Value keys, Value outputs) {
        int hidden = config.hidden();
        return switch (config.attention()) {
            case NONE, DOT -> g.matMul(outputs, false, keys, true);
            case MULTIPLICATIVE -> g.matMul(matrix(g, "attention.score", outputs, hidden), false, keys, true);
            case PROJECTED -> g.matMul(matrix(g, "attention.query", outputs, hidden), false, keys, true);
            case ADDITIVE -> {
                Value query = g.unsqueeze(g.linear("attention.query", outputs, hidden), 2);
                Value both = g.tanh(g.add(g.unsqueeze(keys, 1), query));
                yield g.squeeze(matrix(g, "attention.score", both, 1), 3);
            }
        };
    }

    private static Value classify(GraphBuilder g, Config config, Value state) {
        return g.linear("out", g.dropout(state, config.dropout()), config.classes());
    }

    /** True tokens, some of them replaced by what the network found most probable at their place. */
    private static Value mixed(GraphBuilder g, Config config, Value tokens, Value predicted) {
        Value first = g.gather(tokens, g.longs(0), 1);
        Value rest = g.slice(tokens, 1, 1, Integer.MAX_VALUE);
        Value uniform = g.noise(rest.type().withElement(ElementType.FLOAT32), Noise.Distribution.UNIFORM);
        Value keep = g.less(uniform, config.sampling().truth(g, config.lastTruth()));
        return g.concat(1, first, g.where(keep, rest, g.slice(predicted, 1, 0, -1)));
    }
}

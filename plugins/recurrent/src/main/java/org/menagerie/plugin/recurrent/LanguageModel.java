package org.menagerie.plugin.recurrent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.RecurrentLayers.Start;
import org.menagerie.graph.RecurrentLayers.States;
import org.menagerie.graph.Task;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Recurrent;
import org.menagerie.spi.ElementType;

/**
 * A recurrent language model (Mikolov 2010; with LSTM Graves 2013): what comes next after each token of a text.
 *
 * <p>With {@code streams}, training goes through a text in segments and back-propagation stops at their borders (Williams and Peng
 * 1990): a row of a batch starts from the states in which the batch before left it if its segment is the next one, else from zeros.
 *
 * <p>{@code text i64[N,T]} to {@code logits f32[N,T-1,classes]} of the token after each. Exported as {@code prompt}, which reads a
 * text, and {@code step}, which goes on from it.
 */
final class LanguageModel implements Architecture<LanguageModel.Config> {
    /**
     * Sizes.
     *
     * @param classes tokens in the vocabulary
     * @param embedding elements that stand for a token
     * @param hidden elements of a layer's state
     * @param layers on each other
     * @param dropout the probability with which elements of embeddings and outputs become zero in training
     * @param streams rows of a training batch that carry their states on, which is then the batch size; 0 to start from zeros
     */
    record Config(Cell cell, int classes, int embedding, int hidden, int layers, double dropout, int streams) {
        Config {
            if (classes < 2 || embedding < 1 || streams < 0) {
                throw new IllegalArgumentException(
                        "A language model needs 2 tokens and an element; found %d, %d and %d streams"
                                .formatted(classes, embedding, streams));
            }
        }

        private Recurrent recurrent() {
            return Recurrent.hidden(hidden).layers(layers).dropout(dropout);
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Map<String, Config> variants() {
        return Map.of("char-lm", new Config(Cell.LSTM, 97, 64, 384, 1, 0.1, 32));
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        read(g, config, g.input("text", "i64[N,T]"), Start.ZEROS);
    }

    /** The cross-entropy of each token against the next. Reports it in bits as well, and the share that is right. */
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
    public Value objective(GraphBuilder g, Config config) {
        if (!g.isTraining() || config.streams() == 0) {
            return Architecture.super.objective(g, config);
        }
        int rows = config.streams();
        Value text = g.input("text", "i64[%d,T]".formatted(rows));
        Value segment = g.cast(g.input("segment", "i64[%d]".formatted(rows)), ElementType.FLOAT32);
        Value expected = g.carried("carried.segment", TensorType.of(ElementType.FLOAT32, rows));
        Value goesOn = g.reshape(g.cast(g.equal(segment, expected), ElementType.FLOAT32), 1, -1, 1);
        TensorType type = TensorType.of(ElementType.FLOAT32, config.layers(), rows, config.hidden());
        Value hidden = g.carried("carried.hidden", type);
        Value cell = config.cell() == Cell.LSTM ? g.carried("carried.cell", type) : null;
        States left =
                read(g, config, text, new Start(g.mul(hidden, goesOn), cell == null ? null : g.mul(cell, goesOn)));
        g.update(expected, g.add(segment, 1));
        g.update(hidden, left.hidden());
        if (cell != null && left.cell() != null) {
            g.update(cell, left.cell());
        }
        return loss(g, config);
    }

    @Override
    public Map<String, BiConsumer<GraphBuilder, Config>> networks() {
        Map<String, BiConsumer<GraphBuilder, Config>> networks = new LinkedHashMap<>();
        networks.put("prompt", (g, config) -> {
            States states = run(g, config, g.input("prompt", "i64[N,S]"), Start.ZEROS);
            g.output("logits", classify(g, config, g.gather(states.sequence(), g.scalar(ElementType.INT64, -1), 0)));
            leave(g, "", states);
        });
        networks.put("step", LanguageModel::step);
        return networks;
    }

    @Override
    public Task task(Config config) {
        return Task.whole("text-generation", "text-generation", Map.of("separator", "none", "maxLength", 200));
    }

    /** Takes texts one token further: states {@code f32[B,layers,hidden]}. */
    private static void step(GraphBuilder g, Config config) {
        Value token = g.unsqueeze(g.input("token", "i64[B]"), 1);
        String type = "f32[B,%d,%d]".formatted(config.layers(), config.hidden());
        Value hidden = g.transpose(g.input("hidden", type), 1, 0, 2);
        Value cell = config.cell() == Cell.LSTM ? g.transpose(g.input("cell", type), 1, 0, 2) : null;
        States states = run(g, config, token, new Start(hidden, cell));
        g.output("logits", classify(g, config, g.squeeze(states.sequence(), 0)));
        leave(g, "next_", states);
    }

    private static void leave(GraphBuilder g, String prefix, States states) {
        g.output(prefix + "hidden", g.transpose(states.hidden(), 1, 0, 2));
        if (states.cell() != null) {
            g.output(prefix + "cell", g.transpose(states.cell(), 1, 0, 2));
        }
    }

    private static States read(GraphBuilder g, Config config, Value text, Start start) {
        States states = run(g, config, g.slice(text, 1, 0, -1), start);
        g.output("logits", classify(g, config, g.transpose(states.sequence(), 1, 0, 2)));
        return states;
    }

    private static States run(GraphBuilder g, Config config, Value tokens, Start start) {
        Value x = g.embedding("embedding", g.transpose(tokens, 1, 0), config.classes(), config.embedding());
        return config.cell().run(g, g.dropout(x, config.dropout()), null, start, config.recurrent());
    }

    private static Value classify(GraphBuilder g, Config config, Value states) {
        return g.linear("out", g.dropout(states, config.dropout()), config.classes());
    }
}

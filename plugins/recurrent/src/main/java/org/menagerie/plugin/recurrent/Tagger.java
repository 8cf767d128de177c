package org.menagerie.plugin.recurrent;

import java.util.Map;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.RecurrentLayers.Start;
import org.menagerie.graph.Task;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Recurrent;

/**
 * A recurrent tagger (Graves 2005): a class for each token of a text, from what stands before it or, in both directions, all around.
 *
 * <p>{@code spelling i64[N,T]}, {@code spelling_length i32[N]} to {@code logits f32[N,T,classes]}; trained against {@code phonemes
 * i64[N,T]}, one for each token, where 0 is padding.
 */
final class Tagger implements Architecture<Tagger.Config> {
    /** The tag that fills up shorter texts. */
    static final int PADDING = 0;

    /**
     * Sizes.
     *
     * @param letters in the vocabulary of texts, padding included
     * @param classes tags, padding included
     * @param embedding elements that stand for a letter
     * @param hidden elements of a layer's and direction's state
     * @param layers on each other
     * @param bidirectional whether each layer also reads backwards
     * @param dropout the probability with which elements of embeddings and outputs become zero in training
     */
    record Config(
            Cell cell,
            int letters,
            int classes,
            int embedding,
            int hidden,
            int layers,
            boolean bidirectional,
            double dropout) {
        Config {
            if (letters < 2 || classes < 2 || embedding < 1) {
                throw new IllegalArgumentException(
                        "A tagger needs 2 letters, 2 classes and an element; found %d, %d and %d"
                                .formatted(letters, classes, embedding));
            }
        }

        private Recurrent recurrent() {
            Recurrent layer = Recurrent.hidden(hidden).layers(layers).dropout(dropout);
            return bidirectional ? layer.bothDirections() : layer;
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Value text = g.input("spelling", "i64[N,T]");
        Value lengths = g.input("spelling_length", "i32[N]");
        Value x = g.embedding("embedding", g.transpose(text, 1, 0), config.letters(), config.embedding());
        Value states = config.cell()
                .run(g, g.dropout(x, config.dropout()), lengths, Start.ZEROS, config.recurrent())
                .sequence();
        Value rows = g.dropout(g.transpose(states, 1, 0, 2), config.dropout());
        g.output("logits", g.linear("out", rows, config.classes()));
    }

    /** Cross-entropy of each tag, padding left out; reports the share that is right. */
    @Override
    public Value loss(GraphBuilder g, Config config) {
        Value logits = g.reshape(g.output("logits"), -1, config.classes());
        Value tags = g.reshape(g.input("phonemes", "i64[N,T]"), -1);
        g.output("accuracy", g.accuracyWithout(logits, tags, PADDING));
        return g.crossEntropyWithout(logits, tags, PADDING);
    }

    @Override
    public Task task(Config config) {
        return new Task("token-classification", "tags", Map.of("output", "logits", "length", "spelling_length"));
    }
}

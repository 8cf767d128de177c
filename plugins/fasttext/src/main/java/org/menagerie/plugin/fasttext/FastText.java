package org.menagerie.plugin.fasttext;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Task;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.spi.ElementType;

/**
 * fastText (Joulin, Grave, Bojanowski and Mikolov 2016, "Bag of tricks for efficient text classification"): the mean of the
 * embeddings of a text's words and pairs of words, and one linear layer.
 *
 * <p><b>Deviations.</b> Single words are hashed into the buckets as well, so that the model has no vocabulary; the softmax is not
 * hierarchical; dropout of the mean may be asked for.
 *
 * <p>{@code tokens i64[N,T]}, numbers of hashed words padded with 0, to {@code logits f32[N,classes]}; {@code buckets * width +
 * (width + 1) * classes} parameters.
 */
final class FastText implements Architecture<FastText.Config> {
    private static final int USUAL_BUCKETS = 32_768;
    private static final int USUAL_WIDTH = 32;
    private static final int USUAL_NGRAMS = 2;

    /**
     * Sizes.
     *
     * @param classes at least two
     * @param buckets of hashed words, padding included; 32,768 by default
     * @param width elements of an embedding; 32 by default
     * @param ngrams the longest run of words that is hashed; 2 by default
     * @param dropout the probability with which elements of the mean become zero in training; 0 by default
     */
    record Config(
            int classes,
            @Nullable Integer buckets,
            @Nullable Integer width,
            @Nullable Integer ngrams,
            @Nullable Double dropout) {
        Config {
            if (classes < 2) {
                throw new IllegalArgumentException("fastText needs at least two classes; found " + classes);
            }
            requireAtLeast("buckets", buckets, 2);
            requireAtLeast("width", width, 1);
            requireAtLeast("ngrams", ngrams, 1);
        }

        private static void requireAtLeast(String name, @Nullable Integer value, int least) {
            if (value != null && value < least) {
                throw new IllegalArgumentException("%s must be at least %d; found %d".formatted(name, least, value));
            }
        }

        int bucketsOrDefault() {
            return buckets == null ? USUAL_BUCKETS : buckets;
        }

        int widthOrDefault() {
            return width == null ? USUAL_WIDTH : width;
        }

        int ngramsOrDefault() {
            return ngrams == null ? USUAL_NGRAMS : ngrams;
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Task task(Config config) {
        return new Task("text-classification", "classification", Map.of("output", "logits"))
                .preparedBy(
                        "hashed-words",
                        Map.of(
                                "input",
                                "tokens",
                                "buckets",
                                config.bucketsOrDefault(),
                                "ngrams",
                                config.ngramsOrDefault()));
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Value tokens = g.input("tokens", "i64[N,T]");
        int width = config.widthOrDefault();
        Value table = g.parameter(
                "embedding.weight",
                TensorType.of(ElementType.FLOAT32, config.bucketsOrDefault(), width),
                Initializers.uniform(-1.0 / width, 1.0 / width));
        Value words = g.gather(table, tokens, 0);
        Value there = g.cast(g.greater(tokens, g.scalar(ElementType.INT64, 0)), ElementType.FLOAT32);
        Value sum = g.squeeze(g.matMul(g.unsqueeze(there, 1), words), 1).is("f32[N,%d]".formatted(width));
        Value count = g.max(g.sumKeep(there, 1), g.scalar(ElementType.FLOAT32, 1));
        Value mean = g.dropout(g.div(sum, count), config.dropout() == null ? 0 : config.dropout());
        g.output("logits", g.linear("out", mean, config.classes()));
    }
}

package org.menagerie.plugin.sentenceembedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.decoding.Pooling;
import org.menagerie.fixtures.Fetched;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import org.menagerie.spi.Model;

/** Runs the published encoders; skipped only if offline without them. */
class SentenceEmbeddingModelTest {
    private static final Zoo ZOO = Zoo.open(ZooOptions.defaults().withDevice(Device.CPU));
    private static final List<String> SENTENCES =
            List.of("The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium.");

    /** The cosines that the sentence-transformers README prints. */
    @Test
    void cosinesAreThePublishedOnes() {
        try (Model<String, float[]> model = load("all-minilm-l6-v2")) {
            List<float[]> vectors = model.predict(SENTENCES);
            assertThat(Pooling.cosine(vectors.get(0), vectors.get(1))).isCloseTo(0.6660, within(1e-4));
            assertThat(Pooling.cosine(vectors.get(0), vectors.get(2))).isCloseTo(0.1046, within(1e-4));
            assertThat(Pooling.cosine(vectors.get(1), vectors.get(2))).isCloseTo(0.1411, within(1e-4));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"all-minilm-l6-v2", "all-minilm-l6-v2-int8", "bge-small-en-v1.5-int8"})
    void aBatchGivesEachTextItsOwnVector(String name) {
        try (Model<String, float[]> model = load(name)) {
            List<String> texts = new ArrayList<>(SENTENCES);
            Random random = new Random(2);
            for (int i = 0; i < 12; i++) {
                texts.add("word and word ".repeat(1 + random.nextInt(30)));
            }
            texts.add("");
            List<float[]> batch = model.predict(texts);
            assertThat(batch).hasSameSizeAs(texts);
            for (int i = 0; i < texts.size(); i++) {
                float[] single = model.predict(texts.get(i));
                assertThat(single).hasSize(384);
                assertThat(Pooling.cosine(batch.get(i), single))
                        .as("text %d", i)
                        .isCloseTo(1, within(1e-5));
                assertThat(Pooling.cosine(single, single)).isCloseTo(1, within(1e-6));
            }
            double alike = Pooling.cosine(batch.get(0), batch.get(1));
            assertThat(alike).isGreaterThan(Pooling.cosine(batch.get(0), batch.get(2)));
            assertThat(alike).isGreaterThan(Pooling.cosine(batch.get(1), batch.get(2)));
        }
    }

    @Test
    void longTextsAreCut() {
        try (Model<String, float[]> model = load("all-minilm-l6-v2-int8")) {
            float[] cut = model.predict("x".repeat(50_000) + " tree ".repeat(10_000));
            assertThat(cut).hasSize(384).doesNotContain(Float.NaN);
            assertThat(model.predict("tree ".repeat(600))).containsExactly(model.predict("tree ".repeat(5_000)));
        }
    }

    private static Model<String, float[]> load(String name) {
        return Fetched.orSkip(() -> ZOO.load(name, String.class, float[].class));
    }
}

package org.menagerie.conformance.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.Classifications;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import org.menagerie.spi.CardException;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Model;
import org.menagerie.spi.Tensor;
import org.menagerie.weights.Sha256;

/** A third party's text model of one network works by its card alone: it names the tokenizer and what reads the scores. */
class TextModelByCardTest {
    /** Words apart at spaces; 0 pads, 1 is unknown. */
    private static final String TOKENIZER = """
            {
              "version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "post_processor": null,
              "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"}, "decoder": null,
              "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"": 0, "?": 1, "good": 2, "bad": 3}}
            }
            """;

    private static final float[] SCORES = {100, -100, 0, 0, 0, 2, 3, 0};

    @TempDir
    Path temp;

    @BeforeEach
    void card() throws IOException {
        write("tokenizer: {file: tokenizer.json, size: %d, sha256: %s, sources: [\"file:tokenizer.json\"]}", "");
    }

    /** A mood for each text: the sum of its words' scores, padding masked away. */
    private static byte[] network() {
        GraphBuilder g = new GraphBuilder("mood", Mode.INFERENCE);
        Value ids = g.input("input_ids", "i64[N,S]");
        Value mask = g.unsqueeze(g.cast(g.input("attention_mask", "i64[N,S]"), ElementType.FLOAT32), 2);
        Value scores = g.gather(g.constant(Tensor.of(SCORES, 4, 2)), ids, 0);
        g.output("logits", g.sum(g.mul(scores, mask), 1));
        return OnnxWriter.toBytes(g.build(), Map.of(), Map.of());
    }

    private void write(String tokenizer, String settings) throws IOException {
        byte[] network = network();
        byte[] vocabulary = TOKENIZER.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Files.write(temp.resolve("mood.onnx"), network);
        Files.write(temp.resolve("tokenizer.json"), vocabulary);
        Files.writeString(temp.resolve("mood.md"), """
                ---
                license: mit
                pipeline_tag: text-classification
                menagerie:
                  artifacts:
                    model: {file: mood.onnx, size: %d, sha256: %s, sources: ["file:mood.onnx"]}
                    %s
                  preprocessor: {name: tokenizer, types: none%s}
                  decoder: {name: classification, output: logits}
                  labels: [bad, good]
                ---
                Good or bad.
                """.formatted(
                        network.length,
                        Sha256.of(network),
                        tokenizer.formatted(vocabulary.length, Sha256.of(vocabulary)),
                        settings));
    }

    private Zoo zoo() {
        return Zoo.open(ZooOptions.defaults()
                .withHome(temp.resolve("home"))
                .withDevice(Device.CPU)
                .withCatalogs(List.of(temp)));
    }

    @Test
    void answersTextsOfUnlikeLengthInOneBatch() {
        try (Zoo zoo = zoo();
                Model<String, Classifications> mood = zoo.load("mood", String.class, Classifications.class)) {
            List<String> texts = List.of("good", "Bad bad GOOD xyz xyz", "good bad", "xyz");
            double[] good = {2, 2 - 6, 2 - 3, 0};
            List<Classifications> answers = mood.predict(texts);
            for (int i = 0; i < good.length; i++) {
                assertThat(answers.get(i).get("good").getProbability())
                        .as(texts.get(i))
                        .isCloseTo(1 / (1 + Math.exp(-good[i])), within(1e-6));
            }
        }
    }

    @Test
    void cutsTextsWhereTheCardSays() throws IOException {
        write("words: {file: tokenizer.json, size: %d, sha256: %s, sources: [\"file:tokenizer.json\"]}", """
                , artifact: words, maxTokens: 2""");
        try (Zoo zoo = zoo();
                Model<String, Classifications> mood = zoo.load("mood", String.class, Classifications.class)) {
            assertThat(mood.predict("good good bad bad bad").get("good").getProbability())
                    .isCloseTo(1 / (1 + Math.exp(-4)), within(1e-6));
        }
    }

    @Test
    void saysWhatIsWrongWithASetting() throws IOException {
        write("tokenizer: {file: tokenizer.json, size: %d, sha256: %s, sources: [\"file:tokenizer.json\"]}", """
                , maxTokens: 1""");
        try (Zoo zoo = zoo()) {
            assertThatThrownBy(() -> zoo.load("mood"))
                    .isInstanceOf(CardException.class)
                    .hasMessageContaining("mood.md")
                    .hasMessageContaining("maxTokens must be 2 to 8,192, not 1");
        }
    }

    @Test
    void saysWhichFileTheCardLacks() throws IOException {
        write("words: {file: tokenizer.json, size: %d, sha256: %s, sources: [\"file:tokenizer.json\"]}", "");
        try (Zoo zoo = zoo()) {
            assertThatThrownBy(() -> zoo.load("mood"))
                    .hasMessage("Model mood has no artifact 'tokenizer'; it has model, words");
        }
    }
}

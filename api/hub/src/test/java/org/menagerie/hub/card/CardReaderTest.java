package org.menagerie.hub.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Condition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.spi.CardException;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.settings.RecordBinder;

class CardReaderTest {
    static final String CARD = """
            ---
            license: mit
            pipeline_tag: image-classification
            tags: [lenet, onnx]
            datasets: [fashion-mnist]
            metrics: [accuracy]
            model-index:
              - name: lenet-fashion-mnist
                results:
                  - task: {type: image-classification}
                    dataset: {name: Fashion-MNIST, type: fashion-mnist, split: test}
                    metrics:
                      - {type: accuracy, value: 0.9071, command: zoo eval lenet-fashion-mnist}
            menagerie:
              architecture: {name: lenet, classes: 10}
              artifacts:
                model:
                  file: lenet.onnx
                  size: 248000
                  sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                  sources: ["resource:lenet.onnx", "npm:@a/b@1.0.0!/package/lenet.onnx"]
              preprocessor: {name: image, width: 28}
              decoder: {name: classification}
              labels: [T-shirt, 7, "no"]
              recipe: {epochs: 3}
              samples:
                - {input: "resource:boot.png", answer: {label: Boot}}
            ---
            # LeNet

            Prose.
            """;

    @Test
    void readsEveryField() {
        ModelCard card = CardReader.read("lenet", CARD);

        assertThat(card.name()).isEqualTo("lenet");
        assertThat(card.task()).isEqualTo("image-classification");
        assertThat(card.license()).isEqualTo("mit");
        assertThat(card.tags()).containsExactly("lenet", "onnx");
        assertThat(card.datasets()).containsExactly("fashion-mnist");
        assertThat(card.metrics())
                .containsExactly(new ModelCard.Metric(
                        "accuracy", 0.9071, "Fashion-MNIST (test)", Optional.of("zoo eval lenet-fashion-mnist")));
        assertThat(card.artifacts())
                .containsOnlyKeys("model")
                .hasValueSatisfying(
                        new Condition<>(a -> a.size() == 248000 && a.sources().size() == 2, "as written"));
        assertThat(card.architecture().orElseThrow().settings().tree()).hasToString("{\"classes\":10}");
        assertThat(card.labels()).containsExactly("T-shirt", "7", "no");
        assertThat(card.samples()).extracting(ModelCard.Sample::answer).containsExactly("{\"label\":\"Boot\"}");
        assertThat(card.text()).isEqualTo("# LeNet\n\nProse.");
        assertThat(card.size()).isEqualTo(248000);
    }

    record Classes(int classes, Optional<Double> rate) {}

    @Test
    void bindsSettingsLate() {
        ModelCard card = CardReader.read("lenet", CARD);

        assertThat(card.architecture().orElseThrow().settings().as(Classes.class))
                .isEqualTo(new Classes(10, Optional.empty()));
        assertThatThrownBy(() -> card.recipe().orElseThrow().as(Classes.class))
                .isInstanceOf(CardException.class)
                .hasMessage("Card lenet.md, line 25: unknown field 'menagerie.recipe.epochs'; expected classes, rate");
        assertThatThrownBy(() -> card.preprocessor().orElseThrow().settings().as(Classes.class))
                .hasMessageContaining("line 22: unknown field 'menagerie.preprocessor.width'");
    }

    /** Each row: a line of the good card, what replaces it, and the error. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "license: mit | licence: mit | line 2: unknown field 'licence' (did you mean 'license'?); expected base_model",
                "license: mit | '' | line 3: field 'license' is missing",
                "license: mit | license: [mit] | line 2: 'license' must be a text, found a list",
                "license: mit | license: 3 | line 2: 'license' must be a text, found number '3'",
                "tags: [lenet, onnx] | tags: lenet | line 4: 'tags' must be a list, found string 'lenet'",
                "tags: [lenet, onnx] | tags: [1] | line 4: 'tags[0]' must be a text, found number '1'",
                "tags: [lenet, onnx] | 'license: mit' | line 4: field 'license' is given twice, first on line 2",
                "tags: [lenet, onnx] | 'tags: &a [x]' | line 4: anchors and aliases",
                "tags: [lenet, onnx] | 'tags: [x' | line ",
                "file: lenet.onnx | file: ../lenet.onnx | line 18: 'menagerie.artifacts.model.file' must be a plain file name",
                "size: 248000 | size: 1.5 | line 19: 'menagerie.artifacts.model.size' must be an integer, found number '1.5'",
                "size: 248000 | size: 99999999999999999999 | line 19: 'menagerie.artifacts.model.size' must be an integer",
                "size: 248000 | size: -1 | line 19: 'menagerie.artifacts.model.size' must be a positive number of bytes",
                "'labels: [T-shirt, 7, \"no\"]' | labels: [no] | line 24: 'menagerie.labels[0]' must be a text, found boolean 'false'",
                "'labels: [T-shirt, 7, \"no\"]' | labls: [a] | line 24: unknown field 'menagerie.labls' (did you mean 'labels'?)",
                "'labels: [T-shirt, 7, \"no\"]' | kind: {name: x} | makes the whole model; leave out 'decoder'",
                "decoder: {name: classification} | '' | field 'menagerie.decoder' is missing",
                "decoder: {name: classification} | decoder: {} | line 23: field 'menagerie.decoder.name' is missing",
            })
    void namesCardLineAndProblem(String line, String replacement, String error) {
        assertThat(CARD).contains(line);
        assertThatThrownBy(() -> CardReader.read("lenet", CARD.replace(line, replacement)))
                .isInstanceOf(CardException.class)
                .hasMessageStartingWith("Card lenet.md, line ")
                .hasMessageContaining(error);
    }

    @Test
    void refusesWhatIsNoCard() {
        assertThatThrownBy(() -> CardReader.read("x", "# Only prose"))
                .hasMessage("Card x.md, line 1: expected a line '---' that opens the front matter");
        assertThatThrownBy(() -> CardReader.read("x", "---\nlicense: mit\n"))
                .hasMessageContaining("closes the front matter");
        assertThatThrownBy(() -> CardReader.read("x", "---\n---\n")).isInstanceOf(CardException.class);
        assertThatThrownBy(() -> CardReader.read("X y", CARD)).hasMessageContaining("must be lower-case");
    }

    @Test
    void boundsNesting() {
        String deep = CARD.replace("tags: [lenet, onnx]", "tags: " + "[".repeat(5000) + "]".repeat(5000));
        assertThatThrownBy(() -> CardReader.read("x", deep)).isInstanceOf(CardException.class);
    }

    record Every(
            int i,
            long l,
            float f,
            double d,
            boolean b,
            String s,
            Mode mode,
            List<String> list,
            Map<String, Integer> map,
            float[] array,
            Inner inner,
            @Nullable Integer absent) {
        enum Mode {
            AREA_AVERAGE,
            LINEAR
        }

        record Inner(int x) {
            Inner {
                if (x < 0) {
                    throw new IllegalArgumentException("x must not be negative, found " + x);
                }
            }
        }
    }

    private static Every every(String settings) {
        return RecordBinder.bind(YamlTree.parse("x.md", settings, 1), Every.class, List.of());
    }

    private static final String EVERY = "{i: 1, l: 2, f: 1.5, d: 2.5, b: true, s: t, mode: area-average, list: [a], "
            + "map: {k: 3}, array: [1, 2.5], inner: {x: 4}}";

    @Test
    void bindsEveryKindOfComponent() {
        Every every = every(EVERY);
        assertThat(every.mode()).isEqualTo(Every.Mode.AREA_AVERAGE);
        assertThat(every.map()).containsEntry("k", 3);
        assertThat(every.array()).containsExactly(1f, 2.5f);
        assertThat(every.inner().x()).isEqualTo(4);
        assertThat(every.absent()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "i: 1 | i: 3000000000 | 'i' must be an integer of at most 32 bits",
                "b: true | b: 1 | 'b' must be true or false, found number '1'",
                "d: 2.5 | d: 1e999 | 'd' must be a number",
                "mode: area-average | mode: cubic | 'mode' must be one of area-average, linear, found string 'cubic'",
                "x: 4 | x: -4 | 'inner': x must not be negative, found -4",
                "x: 4 | y: 4 | unknown field 'inner.y'; expected x",
                "map: {k: 3} | map: {k: z} | 'map.k' must be an integer, found string 'z'",
                "s: t, | \"\" | field 's' is missing",
            })
    void refusesWrongSettings(String part, String replacement, String error) {
        assertThatThrownBy(() -> every(EVERY.replace(part, replacement)))
                .isInstanceOf(CardException.class)
                .hasMessageContaining("Card x.md, line 1: ")
                .hasMessageContaining(error);
    }
}

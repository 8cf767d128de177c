package org.menagerie.text.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.menagerie.fixtures.Cards;
import org.menagerie.spi.CardException;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Model;
import org.menagerie.spi.ZooException;

/** Decoders without an encoder, with named states and a cache that grows. */
class ContinuingTest {
    private static final List<String> LABELS = List.of("a", "b", "c", "d", "e");
    private static final List<String> PROMPTS = List.of("abc", "e", "dd", "cab", "eeeeee", "b", "acca", "ba", "b");

    private final ContinuingNetworks networks = new ContinuingNetworks();

    private Model<String, GeneratedTexts> model(String settings, String... artifacts) {
        return GenerationModel.ofTexts(
                TestSettings.of("'separator': 'none', " + settings),
                FakeNetworks.withArtifacts(Cards.labelled("fake", "text-generation", LABELS), artifacts),
                networks);
    }

    /** Greedy continuation by the formula of the fake network, from the whole sequence each time. */
    private static String greedy(String prompt, int length) {
        StringBuilder text = new StringBuilder(prompt);
        for (int i = 0; i < length; i++) {
            float[] logits = ContinuingNetworks.logits(
                    text.chars().mapToLong(letter -> letter - 'a').toArray());
            int best = 0;
            for (int v = 1; v < logits.length; v++) {
                best = logits[v] > logits[best] ? v : best;
            }
            text.append((char) ('a' + best));
        }
        return text.substring(prompt.length());
    }

    @Test
    void promptsOfAnyLengthAreContinuedWithAndWithoutAPromptNetwork() {
        for (String[] artifacts : new String[][] {{"step"}, {"step", "prompt"}}) {
            for (String search : List.of("'beam': 1", "'temperature': 0")) {
                Model<String, GeneratedTexts> model = model("'maxLength': 40, " + search, artifacts);
                List<GeneratedTexts> answers = model.predict(PROMPTS);
                for (int i = 0; i < PROMPTS.size(); i++) {
                    assertThat(answers.get(i).texts().get(0).text()).isEqualTo(greedy(PROMPTS.get(i), 40));
                    assertThat(answers.get(i).texts().get(0).ended()).isFalse();
                }
            }
        }
        assertThat(networks.prompts).isEqualTo(2 * 5);
    }

    @Test
    void aBeamCopiesCachesOfRowsThatMove() {
        for (String[] artifacts : new String[][] {{"step"}, {"step", "prompt"}}) {
            Model<String, GeneratedTexts> model = model("'maxLength': 3, 'beam': 200, 'nBest': 200", artifacts);
            for (GeneratedTexts answer : model.predict(PROMPTS.subList(0, 4))) {
                assertThat(answer.texts()).hasSize(125);
                double total = answer.texts().stream()
                        .mapToDouble(text -> Math.exp(text.logProbability()))
                        .sum();
                assertThat(total).isCloseTo(1, within(1e-4));
                for (GeneratedText text : answer.texts()) {
                    double sum =
                            text.logProbabilities().stream().mapToDouble(x -> x).sum();
                    assertThat(sum).isCloseTo(text.logProbability(), within(1e-9));
                }
            }
        }
    }

    @Test
    void drawsContinueTheSamePrompt() {
        Model<String, GeneratedTexts> model = model("'maxLength': 6, 'temperature': 1, 'nBest': 7", "step", "prompt");
        Model<String, GeneratedTexts> other = model("'maxLength': 6, 'temperature': 1, 'nBest': 7", "step");
        assertThat(model.predict(PROMPTS)).isEqualTo(other.predict(PROMPTS));
        assertThat(model.predict("abc").texts().stream().distinct().count()).isGreaterThan(3);
    }

    @Test
    void aTextCanBeFollowedWhileItIsWritten() {
        TextGenerator<String> generator = TextGenerator.of(model("'maxLength': 9, 'temperature': 0", "step"));
        String whole = greedy("cab", 9);
        List<String> shown = new ArrayList<>();
        GeneratedText text = generator.write("cab", piece -> shown.add(piece.text()));
        assertThat(String.join("", shown)).isEqualTo(whole);
        assertThat(text.text()).isEqualTo(whole);
        int before = networks.steps;
        try (Stream<GeneratedPiece> pieces = generator.stream("cab")) {
            assertThat(pieces.limit(2).map(GeneratedPiece::text).collect(Collectors.joining()))
                    .isEqualTo(whole.substring(0, 2));
        }
        // Three for the prompt and one for the second token; the rest of the text was never computed.
        assertThat(networks.steps - before).isLessThanOrEqualTo(5);
        assertThatThrownBy(() -> TextGenerator.of(model("'beam': 3", "step")).stream("a"))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("load it with beam 1 or a temperature");
    }

    @Test
    void settingsReachTheSearch() {
        String whole = greedy("cab", 30);
        String stop = whole.substring(4, 6);
        String cut = whole.substring(0, whole.indexOf(stop));
        for (String search : List.of("'beam': 1", "'temperature': 0")) {
            String stopping = "'maxLength': 30, 'stop': ['%s'], %s".formatted(stop, search);
            GeneratedText text = model(stopping, "step").predict("cab").texts().get(0);
            assertThat(text.text()).isEqualTo(cut);
            assertThat(text.ended()).isTrue();
            assertThat(text.tokens()).hasSize(cut.length() + 2);
        }
        StringBuilder shown = new StringBuilder();
        String stopping = "'maxLength': 30, 'temperature': 0, 'stop': ['%s']".formatted(stop);
        TextGenerator.of(model(stopping, "step")).write("cab", piece -> shown.append(piece.text()));
        assertThat(shown).hasToString(cut);
        for (GeneratedText text : model(
                        "'maxLength': 6, 'beam': 6, 'nBest': 6, 'groups': 3, 'noRepeat': 1, 'prefix': 'ba'", "step")
                .predict("cab")
                .texts()) {
            assertThat(text.text()).startsWith("ba").hasSizeLessThanOrEqualTo(5);
            assertThat(text.tokens()).doesNotHaveDuplicates();
        }
        Model<String, GeneratedTexts> listed =
                model("'end': 'e', 'only': ['abc', 'ad', 'b'], 'beam': 5, 'nBest': 5", "step");
        assertThat(listed.predict("cab").texts().stream().map(GeneratedText::text))
                .containsExactlyInAnyOrder("abc", "ad", "b");
        Model<String, GeneratedTexts> course =
                model("'end': 'e', 'search': 'course', 'beam': 3, 'maxLength': 50", "step");
        GeneratedText best = course.predict("cab").texts().get(0);
        assertThat(best.score())
                .isCloseTo(best.logProbability() / best.logProbabilities().size(), within(1e-9));
        assertThatThrownBy(() -> model("'coverage': 1", "step")).hasMessageContaining("a coverage penalty could count");
        assertThatThrownBy(() -> model("'beam': 4, 'groups': 3", "step"))
                .hasMessageContaining("3 groups of equal width");
    }

    @Test
    void whatCannotBeContinuedIsNamed() {
        Model<String, GeneratedTexts> model = model("'maxLength': 3", "step");
        assertThatThrownBy(() -> model.predict(""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("An empty prompt cannot be continued");
        assertThatThrownBy(() -> model.predict("abz"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'z', character 3 of 'abz'");
        assertThatThrownBy(() -> model("'end': '.'", "step"))
                .isInstanceOf(CardException.class)
                .hasMessageContaining("needs '.' among its 5 tokens");
        assertThatThrownBy(() -> model("'input': 'x', 'characters': 'abc'", "step"))
                .isInstanceOf(CardException.class)
                .hasMessageContaining("has no encoder");
        assertThatThrownBy(() -> GenerationModel.ofTexts(
                        TestSettings.of("'separator': 'none'"),
                        FakeNetworks.withArtifacts(
                                Cards.labelled("fake", "text-generation", List.of("a", "b")), "step"),
                        networks))
                .isInstanceOf(CardException.class)
                .hasMessageContaining("has 2 tokens, but its step network gives logits of 5");
    }
}

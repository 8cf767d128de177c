package org.menagerie.text.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.menagerie.fixtures.Cards;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.ZooException;

class GenerationModelTest {
    private static final List<String> LABELS = List.of("<pad>", "<s>", "</s>", "K", "L", "M", "N");
    private static final int LONGEST = 4;
    private static final List<String> WORDS = List.of("abc", "c", "bb", "cab", "aaaaaa", "b", "acca", "ba");

    private final FakeNetworks networks = new FakeNetworks();

    private static ModelCard card(List<String> labels) {
        return FakeNetworks.withArtifacts(Cards.labelled("fake", "text2text-generation", labels), "encoder", "step");
    }

    private static final String READING = "'input': 'spelling', 'characters': 'abc', 'lowerCase': true, 'maxLength': 4";

    private static GenerationSettings search(int beam, int nBest) {
        return TestSettings.of("%s, 'beam': %d, 'nBest': %d".formatted(READING, beam, nBest));
    }

    private static GenerationSettings draws(int count, double temperature) {
        return TestSettings.of("%s, 'separator': 'none', 'nBest': %d, 'temperature': %s, 'seed': 5"
                .formatted(READING, count, temperature));
    }

    private Model<String, GeneratedTexts> generator(GenerationSettings settings) {
        return GenerationModel.ofTexts(settings, card(LABELS), networks);
    }

    /** A text and its log probability, found by trying all. */
    private record Found(List<String> tokens, double log) {}

    /** Every text of a word, by the formulas of the fake networks written out once more. */
    private static List<Found> all(String word) {
        float sum = 0;
        for (int i = 0; i < word.length(); i++) {
            sum += word.charAt(i) - 'a' + 1;
        }
        List<Found> all = new ArrayList<>();
        extend(word.charAt(0) - 'a' + 1, sum, 1, 1, List.of(), 0, all);
        all.sort(Comparator.comparingDouble(found -> -found.log()));
        return all;
    }

    private static void extend(
            float first, float state, int token, int steps, List<String> tokens, double log, List<Found> all) {
        float written = 0.5f * state + token;
        double[] logits = new double[FakeNetworks.VOCABULARY];
        double total = 0;
        for (int v = 2; v < logits.length; v++) {
            logits[v] = (float) (2 * Math.sin(3 * written + 1.7 * v * first + steps) + (v == 2 ? steps - 3 : 0));
            total += Math.exp(logits[v]);
        }
        for (int v = 2; v < logits.length; v++) {
            double next = log + logits[v] - Math.log(total);
            List<String> longer = new ArrayList<>(tokens);
            if (v > 2) {
                longer.add(LABELS.get(v));
            }
            if (v == 2 || steps == LONGEST) {
                all.add(new Found(longer, next));
            } else {
                extend(first, written, v, steps + 1, longer, next, all);
            }
        }
    }

    @Test
    void aBeamThatHoldsEverythingFindsTheBestTextsOfEachOfManyWords() {
        List<GeneratedTexts> answers = generator(search(2_000, 5)).predict(WORDS);
        for (int i = 0; i < WORDS.size(); i++) {
            List<Found> expected = all(WORDS.get(i));
            for (int rank = 0; rank < 5; rank++) {
                GeneratedText text = answers.get(i).texts().get(rank);
                assertThat(text.tokens()).isEqualTo(expected.get(rank).tokens());
                assertThat(text.text()).isEqualTo(String.join(" ", text.tokens()));
                assertThat(text.logProbability()).isCloseTo(expected.get(rank).log(), within(1e-4));
                assertThat(text.attention()).isEmpty();
            }
        }
    }

    @Test
    void wordsAnswerTogetherAsTheyDoAlone() {
        for (int beam : new int[] {1, 2, 3, 5}) {
            Model<String, GeneratedTexts> generator = generator(search(beam, Math.min(beam, 2)));
            List<GeneratedTexts> together = generator.predict(WORDS);
            for (int i = 0; i < WORDS.size(); i++) {
                assertThat(together.get(i)).isEqualTo(generator.predict(WORDS.get(i)));
            }
        }
    }

    @Test
    void manyWordsAreSearchedForInSeveralRuns() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.addAll(WORDS);
        }
        Model<String, GeneratedTexts> generator = generator(search(5, 1));
        List<GeneratedTexts> answers = generator.predict(many);
        assertThat(networks.largestStep).isBetween(200, 256);
        for (int i = 0; i < many.size(); i++) {
            assertThat(answers.get(i)).isEqualTo(answers.get(i % WORDS.size()));
        }
        assertThat(generator.predict(List.of())).isEmpty();
    }

    @Test
    void drawsFollowTheirProbabilities() {
        List<GeneratedText> drawn = generator(draws(20_000, 1)).predict("cab").texts();
        assertThat(drawn).hasSize(20_000);
        for (Found expected : all("cab").subList(0, 6)) {
            String text = String.join("", expected.tokens());
            double share = drawn.stream().filter(one -> one.text().equals(text)).count() / 20_000.0;
            double probability = all("cab").stream()
                    .filter(found -> found.tokens().equals(expected.tokens()))
                    .mapToDouble(found -> Math.exp(found.log()))
                    .sum();
            assertThat(share).as(text).isCloseTo(probability, within(0.012));
        }
        Model<String, GeneratedTexts> again = generator(draws(3, 0.7));
        assertThat(again.predict(WORDS)).isEqualTo(again.predict(WORDS));
    }

    @Test
    void attentionIsThatOfTheHypothesisThatWon() {
        GenerationSettings settings = TestSettings.of(READING + ", 'beam': 4, 'nBest': 3, 'attention': true");
        for (GeneratedText text : generator(settings).predict("cab").texts()) {
            AttentionMap map = text.attention().orElseThrow();
            assertThat(map.inputs()).containsExactly("c", "a", "b");
            assertThat(map.outputs()).hasSize(text.tokens().size() + (text.ended() ? 1 : 0));
            for (int row = 0; row < map.outputs().size(); row++) {
                for (int column = 0; column < 3; column++) {
                    assertThat(map.weights()[row][column]).isEqualTo(column == Math.min(2, row) ? 1 : 0);
                }
            }
        }
    }

    @Test
    void whatCannotBeReadIsNamed() {
        Model<String, GeneratedTexts> generator = generator(search(2, 1));
        assertThat(generator.predict("CAB")).isEqualTo(generator.predict("cab"));
        assertThatThrownBy(() -> generator.predict(List.of("abc", "a-c")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("'-', character 2 of 'a-c', is not in the model's alphabet 'abc'");
        assertThatThrownBy(() -> generator.predict("")).hasMessageContaining("An empty text cannot be read");
        assertThatThrownBy(() -> generator.predict("a\uD83D\uDE00"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("character 2");
    }

    @Test
    void whatDoesNotFitIsRefusedAndLeavesNothingOpen() {
        assertThatThrownBy(() -> GenerationModel.ofTexts(search(2, 1), card(List.of("<pad>", "K")), networks))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("needs '<s>' among its 2 tokens");
        assertThat(networks.open).isZero();
        generator(search(2, 1)).close();
        assertThat(networks.open).isZero();
        assertThatThrownBy(() -> search(2, 3)).hasMessageContaining("The 3 best of a beam of 2");
        assertThatThrownBy(() -> new Alphabet("aba", false)).hasMessageContaining("a character twice");
    }
}

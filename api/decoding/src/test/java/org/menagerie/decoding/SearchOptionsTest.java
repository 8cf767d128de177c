package org.menagerie.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every option of the searches against {@link PlainSearch}, on random languages. */
class SearchOptionsTest {
    private static final int END = 0;
    private static final int START = 77;
    private static final int TRIALS = 1000;

    private static final PlainSearch.Options FREE = new PlainSearch.Options(0, 0, List.of(), List.of(), List.of());

    private interface Option {
        PlainSearch.Options options(SplittableRandom random, int vocabulary);
    }

    private static BeamSearch search(SplittableRandom random, int groups) {
        int width = groups * (1 + random.nextInt(4));
        LengthPenalty penalty = random.nextBoolean() ? new LengthPenalty.Length(1) : new LengthPenalty.Wu(.7);
        return new BeamSearch(width, 1 + random.nextInt(width), penalty, START, END, 1 + random.nextInt(7));
    }

    private static Constraints constraints(PlainSearch.Options options) {
        List<TokenRule> rules = new ArrayList<>();
        rules.add(Rules.minimumLength(options.minLength(), END));
        if (options.ngram() > 0) {
            rules.add(Rules.noRepeatedNgram(options.ngram()));
        }
        rules.add(Rules.prefix(array(options.prefix())));
        if (!options.only().isEmpty()) {
            rules.add(Rules.only(
                    options.only().stream()
                            .map(text -> array(text.subList(0, text.size() - 1)))
                            .toList(),
                    END));
        }
        return new Constraints(
                rules, said -> said.length > 0 && options.stopAt().contains(said[said.length - 1]));
    }

    private static int[] array(List<Integer> tokens) {
        return tokens.stream().mapToInt(token -> token).toArray();
    }

    private static void check(int trial, BeamSearch search, PlainSearch.Options options, int vocabulary) {
        int batch = 1 + trial % 3;
        var language = new RandomLanguage(vocabulary, trial, 1_000_000, batch);
        List<List<Hypothesis>> answers = search.search(language, batch);
        for (int input = 0; input < batch; input++) {
            List<PlainSearch.Said> expected = new PlainSearch(language, search, options).best(input);
            List<Hypothesis> found = answers.get(input);
            assertThat(found).as("trial %d", trial).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                PlainSearch.Said said = expected.get(i);
                boolean endToken =
                        said.ended() && said.tokens().get(said.tokens().size() - 1) == END;
                int length = said.tokens().size() - (endToken ? 1 : 0);
                assertThat(found.get(i).tokens())
                        .as("trial %d, input %d, rank %d of %s", trial, input, i, search)
                        .containsExactly(array(said.tokens().subList(0, length)));
                assertThat(found.get(i).logProbability()).isCloseTo(said.log(), within(1e-4));
                assertThat(found.get(i).score()).isCloseTo(said.score(), within(1e-4));
                assertThat(found.get(i).ended()).isEqualTo(said.ended());
                assertThat(Arrays.stream(found.get(i).logs()).sum()).isCloseTo(said.log(), within(1e-4));
            }
        }
    }

    private static void checkRules(Option option) {
        var random = new SplittableRandom(3);
        for (int trial = 0; trial < TRIALS; trial++) {
            int vocabulary = 3 + random.nextInt(6);
            PlainSearch.Options options = option.options(random, vocabulary);
            check(trial, search(random, 1).with(constraints(options)), options, vocabulary);
        }
    }

    private static List<Integer> text(SplittableRandom random, int most, int vocabulary) {
        return IntStream.range(0, random.nextInt(most + 1))
                .mapToObj(i -> 1 + random.nextInt(vocabulary - 1))
                .toList();
    }

    @Test
    void stopsAfterSoManyHaveEnded() {
        var random = new SplittableRandom(1);
        for (int trial = 0; trial < TRIALS; trial++) {
            BeamSearch search = search(random, 1).with(new Stopping.AfterEnded(1 + random.nextInt(5)));
            check(trial, search, FREE, 3 + random.nextInt(6));
        }
    }

    @Test
    void coverageCountsWhatWasLookedAt() {
        var random = new SplittableRandom(2);
        for (int trial = 0; trial < TRIALS; trial++) {
            check(trial, search(random, 1).withCoverage(random.nextDouble(.05, 2)), FREE, 3 + random.nextInt(6));
        }
    }

    @Test
    void groupsDiffer() {
        var random = new SplittableRandom(4);
        for (int trial = 0; trial < TRIALS; trial++) {
            int groups = 2 + random.nextInt(3);
            BeamSearch search = search(random, groups).with(new Diversity(groups, random.nextDouble(0, 2)));
            check(trial, search, FREE, 3 + random.nextInt(6));
        }
    }

    @Test
    void textsHaveAMinimumLength() {
        checkRules(
                (random, vocabulary) -> new PlainSearch.Options(random.nextInt(6), 0, List.of(), List.of(), List.of()));
    }

    @Test
    void nGramsAreNotRepeated() {
        checkRules((random, vocabulary) ->
                new PlainSearch.Options(0, 1 + random.nextInt(3), List.of(), List.of(), List.of()));
    }

    @Test
    void textsBeginWithAPrefix() {
        checkRules((random, vocabulary) ->
                new PlainSearch.Options(0, 0, text(random, 3, vocabulary), List.of(), List.of()));
    }

    @Test
    void onlyListedTextsAreWritten() {
        checkRules((random, vocabulary) -> {
            List<List<Integer>> texts = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                List<Integer> text = new ArrayList<>(text(random, 5, vocabulary));
                text.add(END);
                texts.add(text);
            }
            return new PlainSearch.Options(0, 0, List.of(), texts, List.of());
        });
    }

    @Test
    void textsStopWhereTheyAreToldTo() {
        checkRules((random, vocabulary) ->
                new PlainSearch.Options(0, 0, List.of(), List.of(), List.of(1 + random.nextInt(vocabulary - 1))));
    }

    @Test
    void allOptionsTogether() {
        var random = new SplittableRandom(5);
        for (int trial = 0; trial < TRIALS; trial++) {
            int groups = 1 + random.nextInt(3);
            int vocabulary = 4 + random.nextInt(5);
            var options = new PlainSearch.Options(
                    random.nextInt(4),
                    random.nextInt(3),
                    text(random, 2, vocabulary),
                    List.of(),
                    List.of(1 + random.nextInt(vocabulary - 1)));
            BeamSearch search = search(random, groups)
                    .with(new Diversity(groups, random.nextDouble(0, 1)))
                    .withCoverage(random.nextDouble(0, 1))
                    .with(constraints(options));
            if (random.nextBoolean()) {
                search = search.with(new Stopping.AfterEnded(1 + random.nextInt(4)));
            }
            check(trial, search, options, vocabulary);
        }
    }

    @Test
    void rulesHoldForDrawsAndGreedySearchToo() {
        for (int trial = 0; trial < 300; trial++) {
            var options = new PlainSearch.Options(2, 2, List.of(1), List.of(), List.of(3));
            Constraints constraints = constraints(options);
            var beam = BeamSearch.of(1, START, END, 8).with(constraints);
            var greedy = Sampling.greedy(START, END, 8).with(constraints);
            List<Hypothesis> searched =
                    beam.search(new RandomLanguage(6, trial, 1000, 1), 1).get(0);
            Hypothesis chosen =
                    greedy.generate(new RandomLanguage(6, trial, 1000, 1), 1).get(0);
            if (!searched.isEmpty()) {
                assertThat(chosen.tokens()).isEqualTo(searched.get(0).tokens());
                assertThat(chosen.logs())
                        .usingComparatorWithPrecision(1e-9)
                        .containsExactly(searched.get(0).logs());
            }
            var draws = new Sampling(1, 99, 1, 0, trial, START, END, 8, constraints);
            int[] drawn = draws.generate(new RandomLanguage(6, trial, 1000, 1), 1)
                    .get(0)
                    .tokens();
            for (int i = 0; i + 1 < drawn.length; i++) {
                assertThat(drawn[i]).isNotEqualTo(3);
            }
        }
    }

    @Test
    void minPAndTheRepetitionPenaltyCutAsDefined() {
        float[] logits = {0, (float) Math.log(2), (float) Math.log(3), (float) Math.log(4)};
        var language = new RandomLanguage(4, 0, 10, 4000) {
            @Override
            float[] logits(List<Integer> history) {
                return logits.clone();
            }
        };
        double[] shares = new double[4];
        for (Hypothesis drawn :
                new Sampling(1, 99, 1, .6f, 5, START, 9, 1, Constraints.NONE).generate(language, 4000)) {
            shares[drawn.tokens()[0]] += 1 / 4000.0;
        }
        assertThat(shares).usingComparatorWithPrecision(.03).containsExactly(0.0, 0.0, 3 / 7.0, 4 / 7.0);
        float[] changed = {2, -2, 1, 0};
        Rules.repetitionPenalty(2).apply(0, new int[] {0, 1, 1}, changed);
        assertThat(changed).containsExactly(1, -4, 1, 0);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> BeamSearch.of(4, START, END, 9).with(new Diversity(3, 1)))
                .hasMessage("A beam of 4 cannot be split into 3 groups of equal width");
        assertThatThrownBy(() -> BeamSearch.of(4, START, END, 9).withCoverage(-1))
                .hasMessageContaining("-1.0");
    }
}

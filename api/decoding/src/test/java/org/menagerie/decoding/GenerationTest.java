package org.menagerie.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.menagerie.spi.ZooException;

class GenerationTest {
    private static final int END = 0;
    private static final int START = 77;
    private static final List<LengthPenalty> PENALTIES = List.of(
            new LengthPenalty.None(),
            new LengthPenalty.Length(1),
            new LengthPenalty.Length(.6),
            new LengthPenalty.Length(-.5),
            new LengthPenalty.Wu(.8));

    /** A hypothesis of the plain implementations below: its history with input and start, and its log probability. */
    private record Plain(List<Integer> history, double log) {
        int length() {
            return history.size() - 2;
        }

        boolean ended() {
            return length() > 0 && history.get(history.size() - 1) == END;
        }

        List<Integer> tokens() {
            return history.subList(2, history.size() - (ended() ? 1 : 0));
        }
    }

    private static List<Plain> extensions(RandomLanguage language, Plain hypothesis) {
        float[] logits = language.logits(hypothesis.history());
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        List<Plain> extensions = new ArrayList<>();
        for (int token = 0; token < logits.length; token++) {
            if (logits[token] > Float.NEGATIVE_INFINITY) {
                List<Integer> history = new ArrayList<>(hypothesis.history());
                history.add(token);
                extensions.add(new Plain(history, hypothesis.log() + logits[token] - Math.log(sum)));
            }
        }
        return extensions;
    }

    /** Beam search as its definition reads, with lists, without early stopping. */
    private static List<Plain> plainSearch(RandomLanguage language, BeamSearch search, int input) {
        List<Plain> open = List.of(new Plain(List.of(1000 + input, START), 0));
        List<Plain> finished = new ArrayList<>();
        for (int length = 1; length <= search.maxLength(); length++) {
            List<Plain> candidates = new ArrayList<>();
            for (Plain hypothesis : open) {
                candidates.addAll(extensions(language, hypothesis));
            }
            candidates.sort(Comparator.comparingDouble(h -> -rounded(h.log())));
            List<Plain> next = new ArrayList<>();
            int places = search.width() - finished.size();
            for (Plain candidate : candidates.subList(0, Math.min(places, candidates.size()))) {
                (candidate.ended() || length == search.maxLength() ? finished : next).add(candidate);
            }
            open = next;
        }
        finished.sort(Comparator.comparingDouble(h -> -rounded(search.score(h.log(), h.length()))));
        return finished.subList(0, Math.min(search.nBest(), finished.size()));
    }

    /** Sums in another order differ in their last digits; what is equal but for them ties. */
    private static double rounded(double value) {
        return Math.rint(value * 1e9) / 1e9;
    }

    @Test
    void agreesWithAPlainImplementationOnAThousandRandomLanguages() {
        var random = new SplittableRandom(11);
        for (int trial = 0; trial < 1000; trial++) {
            int batch = 1 + random.nextInt(4);
            int width = 1 + random.nextInt(6);
            var search = new BeamSearch(
                    width,
                    1 + random.nextInt(width),
                    PENALTIES.get(random.nextInt(PENALTIES.size())),
                    START,
                    END,
                    1 + random.nextInt(8));
            var language = new RandomLanguage(2 + random.nextInt(7), trial, 1_000_000, batch);
            var answers = search.search(language, batch);
            for (int input = 0; input < batch; input++) {
                List<Plain> expected = plainSearch(language, search, input);
                assertThat(answers.get(input)).hasSameSizeAs(expected);
                for (int i = 0; i < expected.size(); i++) {
                    Hypothesis hypothesis = answers.get(input).get(i);
                    assertThat(hypothesis.tokens())
                            .containsExactly(expected.get(i).tokens().stream()
                                    .mapToInt(t -> t)
                                    .toArray());
                    assertThat(hypothesis.logProbability())
                            .isCloseTo(expected.get(i).log(), within(1e-4));
                    assertThat(hypothesis.ended()).isEqualTo(expected.get(i).ended());
                    assertThat(hypothesis.rows()).hasSize(expected.get(i).length());
                }
            }
        }
    }

    @Test
    void aBeamThatHoldsEverythingIsBruteForce() {
        for (int trial = 0; trial < 60; trial++) {
            var language = new RandomLanguage(3, trial, 50, 1);
            List<Plain> all = new ArrayList<>();
            List<Plain> open = List.of(new Plain(List.of(1000, START), 0));
            for (int length = 1; length <= 5; length++) {
                List<Plain> next = new ArrayList<>();
                for (Plain hypothesis : open) {
                    for (Plain extension : extensions(language, hypothesis)) {
                        (extension.ended() || length == 5 ? all : next).add(extension);
                    }
                }
                open = next;
            }
            var penalty = PENALTIES.get(trial % PENALTIES.size());
            var search = new BeamSearch(400, 400, penalty, START, END, 5);
            var found = search.search(language, 1).get(0);
            assertThat(found).hasSameSizeAs(all);
            double[] scores = all.stream()
                    .mapToDouble(h -> -search.score(h.log(), h.length()))
                    .sorted()
                    .toArray();
            for (int i = 0; i < scores.length; i++) {
                assertThat(found.get(i).score()).isCloseTo(-scores[i], within(1e-5));
            }
            assertThat(search.withNBest(1)
                            .search(new RandomLanguage(3, trial, 50, 1), 1)
                            .get(0)
                            .get(0)
                            .score())
                    .isCloseTo(-scores[0], within(1e-5));
        }
    }

    @Test
    void aBeamOfOneIsGreedyAndTiesTakeTheLowerToken() {
        for (int trial = 0; trial < 300; trial++) {
            var beam = BeamSearch.of(1, START, END, 9)
                    .withPenalty(PENALTIES.get(trial % PENALTIES.size()))
                    .search(new RandomLanguage(6, trial, 4, 3), 3);
            var greedy = Sampling.greedy(START, END, 9).generate(new RandomLanguage(6, trial, 4, 3), 3);
            for (int input = 0; input < 3; input++) {
                if (beam.get(input).isEmpty()) {
                    assertThat(greedy.get(input).ended()).isFalse();
                    continue;
                }
                Hypothesis only = beam.get(input).get(0);
                assertThat(only.tokens()).isEqualTo(greedy.get(input).tokens());
                assertThat(only.logProbability()).isCloseTo(greedy.get(input).logProbability(), within(1e-9));
            }
        }
    }

    @Test
    void whatDoesNotMoveIsNotCopied() {
        // One path is certain: each step has one survivor of weight, its siblings come from it.
        StepFunction certain = new StepFunction() {
            @Override
            public int vocabulary() {
                return 5;
            }

            @Override
            public void step(int rows, int[] tokens, int[] inputs, float[] logits) {
                Arrays.fill(logits, 0, rows * 5, -50);
                for (int row = 0; row < rows; row++) {
                    logits[row * 5 + 3] = 50;
                }
            }

            @Override
            public void copy(int from, int to) {
                throw new AssertionError("Row %d was copied to %d".formatted(from, to));
            }
        };
        assertThat(BeamSearch.of(1, START, END, 200).search(certain, 8)).hasSize(8);
        var language = new RandomLanguage(8, 3, 1_000_000, 16);
        BeamSearch.of(5, START, END, 20).search(language, 16);
        assertThat(language.copies).isLessThan(language.rowsStepped);
    }

    @Test
    void searchStopsWhenNothingOpenCanWin() {
        // The end has probability .9 at every step: no longer hypothesis can be more probable.
        var language = new RandomLanguage(4, 0, 10, 1) {
            @Override
            float[] logits(List<Integer> history) {
                return new float[] {(float) Math.log(27), 0, 0, 0};
            }
        };
        assertThat(BeamSearch.of(4, START, END, 1000)
                        .search(language, 1)
                        .get(0)
                        .get(0)
                        .tokens())
                .isEmpty();
        assertThat(language.steps).isEqualTo(1);
    }

    @Test
    void samplingFollowsTheDistribution() {
        int draws = 20_000;
        var language = new RandomLanguage(4, 0, 10, draws) {
            @Override
            float[] logits(List<Integer> history) {
                return new float[] {0, (float) Math.log(2), (float) Math.log(3), (float) Math.log(4)};
            }
        };
        assertThat(shares(language, new Sampling(1, 99, 1, 5, START, 9, 1), draws))
                .usingComparatorWithPrecision(.015)
                .containsExactly(.1, .2, .3, .4);
        assertThat(shares(language, new Sampling(.5f, 99, 1, 5, START, 9, 1), draws))
                .usingComparatorWithPrecision(.015)
                .containsExactly(1 / 30.0, 4 / 30.0, 9 / 30.0, 16 / 30.0);
        assertThat(shares(language, new Sampling(1, 2, 1, 5, START, 9, 1), draws))
                .usingComparatorWithPrecision(.015)
                .containsExactly(0.0, 0.0, 3 / 7.0, 4 / 7.0);
        assertThat(shares(language, new Sampling(1, 99, .75f, 5, START, 9, 1), draws))
                .usingComparatorWithPrecision(.015)
                .containsExactly(0.0, 2 / 9.0, 3 / 9.0, 4 / 9.0);
    }

    private static double[] shares(RandomLanguage language, Sampling sampling, int draws) {
        double[] shares = new double[4];
        for (int i = 0; i < draws; i++) {
            language.state.put(i, List.of(1000 + i));
        }
        for (Hypothesis drawn : sampling.generate(language, draws)) {
            shares[drawn.tokens()[0]] += 1.0 / draws;
        }
        return shares;
    }

    @Test
    void drawsDependOnTheSeedAndNotOnTheNeighbours() {
        var sampling = new Sampling(1, 5, .9f, 42, START, END, 12);
        var three = sampling.generate(new RandomLanguage(8, 1, 1000, 3), 3);
        var one = sampling.generate(new RandomLanguage(8, 1, 1000, 1), 1);
        var other = new Sampling(1, 5, .9f, 43, START, END, 12).generate(new RandomLanguage(8, 1, 1000, 3), 3);
        assertThat(three.get(0).tokens()).isEqualTo(one.get(0).tokens());
        assertThat(three).usingRecursiveComparison().isNotEqualTo(other);
    }

    @Test
    void nanIsAnErrorThatNamesTheStep() {
        var language = new RandomLanguage(3, 0, 10, 1) {
            @Override
            float[] logits(List<Integer> history) {
                return new float[] {-9, history.size() > 3 ? Float.NaN : 1, 0};
            }
        };
        assertThatThrownBy(() -> BeamSearch.of(2, START, END, 9).search(language, 1))
                .isInstanceOf(ZooException.class)
                .hasMessage("The network's logit of token 1 at step 3 is NaN; expected a number");
    }

    @Test
    void anEmptyBatchAndForbiddenTokensEnd() {
        assertThat(BeamSearch.of(3, START, END, 9).search(new RandomLanguage(3, 0, 10, 0), 0))
                .isEmpty();
        var silent = new RandomLanguage(3, 0, 10, 1) {
            @Override
            float[] logits(List<Integer> history) {
                float[] logits = new float[3];
                Arrays.fill(logits, Float.NEGATIVE_INFINITY);
                return logits;
            }
        };
        assertThat(BeamSearch.of(3, START, END, 9).search(silent, 1).get(0)).isEmpty();
        assertThat(Sampling.greedy(START, END, 9).generate(silent, 1).get(0).tokens())
                .isEmpty();
    }
}

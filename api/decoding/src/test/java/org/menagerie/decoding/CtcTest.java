package org.menagerie.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CtcTest {
    /** For each labelling, the probability of all its paths and of its best one. */
    private static Map<List<Integer>, double[]> bruteForce(float[] probabilities, int labels, int blank) {
        int frames = probabilities.length / labels;
        Map<List<Integer>, double[]> sums = new HashMap<>();
        int paths = (int) Math.pow(labels, frames);
        for (int path = 0; path < paths; path++) {
            double p = 1;
            List<Integer> labelling = new ArrayList<>();
            int before = -1;
            for (int t = 0, rest = path; t < frames; t++, rest /= labels) {
                int label = rest % labels;
                p *= probabilities[t * labels + label];
                if (label != blank && label != before) {
                    labelling.add(label);
                }
                before = label;
            }
            double[] sum = sums.computeIfAbsent(labelling, key -> new double[2]);
            sum[0] += p;
            sum[1] = Math.max(sum[1], p);
        }
        return sums;
    }

    private static float[] random(SplittableRandom random, int frames, int labels) {
        float[] probabilities = new float[frames * labels];
        for (int t = 0; t < frames; t++) {
            for (int i = 0; i < labels; i++) {
                probabilities[t * labels + i] = (float) (random.nextDouble() * 4);
            }
            Scores.softmax(probabilities, t * labels, labels);
        }
        return probabilities;
    }

    @Test
    void aBeamThatHoldsAllPrefixesIsExact() {
        var random = new SplittableRandom(1);
        for (int trial = 0; trial < 60; trial++) {
            int labels = 2 + random.nextInt(3);
            int frames = 1 + random.nextInt(6);
            int blank = random.nextInt(labels);
            float[] probabilities = random(random, frames, labels);
            var expected = bruteForce(probabilities, labels, blank);
            var readings = new Ctc(blank).beam(probabilities, labels, 5000, 5000);
            assertThat(readings).hasSize(expected.size());
            assertThat(readings)
                    .isSortedAccordingTo(Comparator.comparingDouble((Ctc.Reading r) -> -r.logProbability()));
            for (var reading : readings) {
                List<Integer> labelling =
                        Arrays.stream(reading.labels()).boxed().toList();
                assertThat(expected).containsKey(labelling);
                assertThat(Math.exp(reading.logProbability()))
                        .isCloseTo(expected.getOrDefault(labelling, new double[2])[0], within(1e-6));
                assertThat(pathProbability(reading, probabilities, labels, blank))
                        .isCloseTo(expected.getOrDefault(labelling, new double[2])[1], within(1e-6));
            }
        }
    }

    /** The probability of the path that a reading's spans describe. */
    private static double pathProbability(Ctc.Reading reading, float[] probabilities, int labels, int blank) {
        int[] path = new int[probabilities.length / labels];
        Arrays.fill(path, blank);
        for (int i = 0; i < reading.labels().length; i++) {
            assertThat(reading.starts()[i]).isLessThan(reading.ends()[i]);
            Arrays.fill(path, reading.starts()[i], reading.ends()[i], reading.labels()[i]);
        }
        double p = 1;
        for (int t = 0; t < path.length; t++) {
            p *= probabilities[t * labels + path[t]];
        }
        return p;
    }

    @Test
    void aNarrowBeamKeepsTheBestOfAPeakedOutput() {
        var random = new SplittableRandom(9);
        float[] probabilities = new float[40 * 200];
        for (int t = 0; t < 40; t++) {
            for (int i = 0; i < 200; i++) {
                probabilities[t * 200 + i] = (float) random.nextDouble();
            }
            probabilities[t * 200 + (t % 3 == 0 ? 0 : t / 4 + 1)] = 12;
            Scores.softmax(probabilities, t * 200, 200);
        }
        var ctc = new Ctc(0);
        assertThat(ctc.beam(probabilities, 200, 5, 1).get(0).labels())
                .isEqualTo(ctc.greedy(probabilities, 200).labels());
    }

    @Test
    void greedyCollapsesRepeatsAndNotesSpans() {
        // a a _ a b b over labels _, a, b.
        float[] probabilities = {.1f, .8f, .1f, .2f, .7f, .1f, .9f, .1f, 0, .2f, .6f, .2f, 0, .1f, .9f, 0, .5f, .5f};
        probabilities[16] = .4f;
        probabilities[17] = .6f;
        var reading = new Ctc(0).greedy(probabilities, 3);
        assertThat(reading.labels()).containsExactly(1, 1, 2);
        assertThat(reading.starts()).containsExactly(0, 3, 4);
        assertThat(reading.ends()).containsExactly(2, 4, 6);
        assertThat(reading.probabilities()).containsExactly(.8f, .6f, .9f);
        assertThat(reading.confidence()).isCloseTo(2.3 / 3, within(1e-6));
        assertThat(reading.logProbability()).isCloseTo(Math.log(.8 * .7 * .9 * .6 * .9 * .6), within(1e-6));
    }

    @Test
    void allBlanksAndNoFramesReadAsNothing() {
        assertThat(new Ctc(1).greedy(new float[] {0, 1, 0, 1}, 2).labels()).isEmpty();
        assertThat(new Ctc(1).greedy(new float[] {0, 1}, 2).confidence()).isZero();
        assertThat(new Ctc(1).beam(new float[0], 2, 3, 3)).hasSize(1);
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> new Ctc(0).greedy(new float[7], 3))
                .hasMessageContaining("7 probabilities are no frames");
        assertThatThrownBy(() -> new Ctc(0).greedy(new float[] {.5f, Float.NaN}, 2))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Ctc(0).greedy(new float[] {.5f, -3}, 2)).hasMessageContaining("softmax");
    }
}

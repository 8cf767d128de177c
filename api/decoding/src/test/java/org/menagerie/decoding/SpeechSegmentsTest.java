package org.menagerie.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpeechSegmentsTest {
    @Test
    void segmentsAreThoseOfThePublishedRules() {
        var random = new SplittableRandom(6);
        for (int trial = 0; trial < 2000; trial++) {
            var rules = trial % 2 == 0
                    ? SpeechRules.silero()
                    : new SpeechRules(
                            16_000, 512, .6f, .3f, random.nextInt(300), random.nextInt(200), random.nextInt(400));
            float[] probabilities = new float[random.nextInt(120)];
            float level = 0;
            for (int i = 0; i < probabilities.length; i++) {
                level = random.nextInt(6) == 0 ? (float) random.nextDouble() : level;
                probabilities[i] = Math.max(0, Math.min(1, level + (float) (random.nextDouble() - .5) * .2f));
            }
            long samples = Math.max(0, probabilities.length * 512L - random.nextInt(511));
            assertThat(SpeechSegments.of(probabilities, samples, rules))
                    .isEqualTo(reference(probabilities, samples, rules));
        }
    }

    /** In two passes, as the rules are published: first segments, then padding between neighbours. */
    private static List<SpeechSegment> reference(float[] probabilities, long samples, SpeechRules rules) {
        List<long[]> found = new ArrayList<>();
        boolean speech = false;
        long start = 0;
        long quiet = -1;
        for (int i = 0; i < probabilities.length; i++) {
            long now = 512L * i;
            if (probabilities[i] >= rules.on()) {
                quiet = -1;
                if (!speech) {
                    speech = true;
                    start = now;
                }
            } else if (speech && probabilities[i] < rules.off()) {
                quiet = quiet < 0 ? now : quiet;
                if (now - quiet >= 16L * rules.minSilenceMillis()) {
                    if (quiet - start > 16L * rules.minSpeechMillis()) {
                        found.add(new long[] {start, quiet});
                    }
                    speech = false;
                    quiet = -1;
                }
            }
        }
        if (speech && samples - start > 16L * rules.minSpeechMillis()) {
            found.add(new long[] {start, samples});
        }
        long pad = 16L * rules.padMillis();
        for (int i = 0; i < found.size(); i++) {
            long[] here = found.get(i);
            here[0] = i == 0 ? Math.max(0, here[0] - pad) : here[0];
            if (i == found.size() - 1) {
                here[1] = Math.min(samples, here[1] + pad);
                continue;
            }
            long[] next = found.get(i + 1);
            long silence = next[0] - here[1];
            here[1] += silence < 2 * pad ? silence / 2 : pad;
            next[0] -= silence < 2 * pad ? silence / 2 : pad;
        }
        return found.stream().map(s -> new SpeechSegment(s[0], s[1])).toList();
    }

    @Test
    void aStreamTellsASegmentSoonAfterItsEnd() {
        var stream = new SpeechSegments(SpeechRules.silero());
        for (int i = 0; i < 20; i++) {
            assertThat(stream.push(.9f)).isEmpty();
        }
        assertThat(stream.speaking()).isTrue();
        int waited = 0;
        while (stream.push(.1f).isEmpty()) {
            waited++;
        }
        // 100 ms of silence are 3.1 frames.
        assertThat(waited).isEqualTo(4);
        assertThat(stream.speaking()).isFalse();
        assertThat(stream.finish(30 * 512)).isEmpty();
    }

    @Test
    void nanIsNeitherSpeechNorSilence() {
        var stream = new SpeechSegments(SpeechRules.silero());
        assertThat(stream.push(Float.NaN)).isEmpty();
        assertThat(stream.speaking()).isFalse();
        assertThat(stream.push(1)).isEmpty();
        assertThat(stream.push(Float.NaN)).isEmpty();
        assertThat(stream.speaking()).isTrue();
    }

    @Test
    void impossibleRulesAreNamed() {
        assertThatThrownBy(() -> new SpeechRules(16_000, 512, .3f, .5f, 1, 1, 1))
                .hasMessageContaining("off ≤ on");
        assertThatThrownBy(() -> new SpeechRules(16_000, 0, .5f, .3f, 1, 1, 1)).hasMessageContaining("0 samples");
    }
}

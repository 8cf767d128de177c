package org.menagerie.plugin.silerovad;

import org.jspecify.annotations.Nullable;
import org.menagerie.decoding.SpeechRules;

/**
 * How speech probabilities become speech: the parameters of Silero's {@code get_speech_timestamps}.
 *
 * @param threshold speech begins at this probability; 0.5 by default
 * @param endThreshold speech ends below this probability; 0.15 under {@code threshold} by default
 * @param minSpeech shorter speech is dropped, milliseconds; 250 by default
 * @param minSilence shorter silence does not end speech, milliseconds; 100 by default
 * @param padding what speech is lengthened by on both sides, milliseconds; 30 by default
 */
public record SileroVadSettings(
        @Nullable Double threshold,
        @Nullable Double endThreshold,
        @Nullable Integer minSpeech,
        @Nullable Integer minSilence,
        @Nullable Integer padding) {
    public SileroVadSettings {
        requireFraction("threshold", threshold);
        requireFraction("endThreshold", endThreshold);
        if (threshold != null && endThreshold != null && endThreshold > threshold) {
            throw new IllegalArgumentException(
                    "endThreshold must be at most threshold, not %s over %s".formatted(endThreshold, threshold));
        }
        requireDuration("minSpeech", minSpeech);
        requireDuration("minSilence", minSilence);
        requireDuration("padding", padding);
        if (2 * orElse(padding, 30) > orElse(minSilence, 100)) {
            throw new IllegalArgumentException("padding must be at most half of minSilence, not %d of %d ms"
                    .formatted(orElse(padding, 30), orElse(minSilence, 100)));
        }
    }

    private static void requireFraction(String name, @Nullable Double value) {
        if (value != null && !(value > 0 && value <= 1)) {
            throw new IllegalArgumentException("%s must be above 0 and at most 1, not %s".formatted(name, value));
        }
    }

    private static void requireDuration(String name, @Nullable Integer value) {
        if (value != null && !(value >= 0 && value <= 60_000)) {
            throw new IllegalArgumentException("%s must be 0 to 60,000 ms, not %,d".formatted(name, value));
        }
    }

    SpeechRules rules() {
        float on = threshold == null ? 0.5f : threshold.floatValue();
        float off = endThreshold == null ? Math.max(on - 0.15f, 0.01f) : endThreshold.floatValue();
        return new SpeechRules(
                SileroVad.RATE,
                FrameNetwork.FRAME,
                on,
                off,
                orElse(minSpeech, 250),
                orElse(minSilence, 100),
                orElse(padding, 30));
    }

    private static int orElse(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}

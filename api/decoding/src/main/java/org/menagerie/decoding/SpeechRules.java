package org.menagerie.decoding;

/**
 * When frame probabilities are speech: on at one threshold, off below a lower one, and nothing too short.
 *
 * @param sampleRate samples a second
 * @param frame samples a probability stands for
 * @param on speech begins at or above it
 * @param off speech may end below it
 * @param minSpeechMillis speech must be longer
 * @param minSilenceMillis speech ends after so much silence
 * @param padMillis added at both ends, at most half of the silence between two segments
 */
public record SpeechRules(
        int sampleRate, int frame, float on, float off, int minSpeechMillis, int minSilenceMillis, int padMillis) {
    public SpeechRules {
        if (sampleRate < 1 || frame < 1) {
            throw new IllegalArgumentException(
                    "Frames of %d samples at %d Hz; expected positive numbers".formatted(frame, sampleRate));
        }
        if (!(off <= on)) {
            throw new IllegalArgumentException(
                    "Speech ends below %s but begins at %s; expected off ≤ on".formatted(off, on));
        }
        if (minSpeechMillis < 0 || minSilenceMillis < 0 || padMillis < 0) {
            throw new IllegalArgumentException(
                    "Least speech %d ms, least silence %d ms, padding %d ms; expected 0 or more"
                            .formatted(minSpeechMillis, minSilenceMillis, padMillis));
        }
    }

    /** What Silero's VAD uses at 16 kHz ({@code get_speech_timestamps} in its {@code utils_vad.py}). */
    public static SpeechRules silero() {
        return new SpeechRules(16_000, 512, .5f, .35f, 250, 100, 30);
    }

    double minSpeech() {
        return samples(minSpeechMillis);
    }

    double minSilence() {
        return samples(minSilenceMillis);
    }

    double pad() {
        return samples(padMillis);
    }

    private double samples(int millis) {
        return sampleRate * (millis / 1000.0);
    }
}

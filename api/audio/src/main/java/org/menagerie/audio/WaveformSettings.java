package org.menagerie.audio;

import java.util.Objects;

/**
 * How a card wants sound prepared.
 *
 * @param input the network's input, {@code f32[N,samples]}
 * @param rate the rate the network takes, Hz
 */
public record WaveformSettings(String input, int rate) {
    public WaveformSettings {
        Objects.requireNonNull(input, "input");
        if (rate < Audio.LOWEST_RATE || rate > Audio.HIGHEST_RATE) {
            throw new IllegalArgumentException(
                    "rate must be %,d to %,d Hz, not %,d".formatted(Audio.LOWEST_RATE, Audio.HIGHEST_RATE, rate));
        }
    }
}

package org.menagerie.hub.source;

import java.time.Duration;

/**
 * How patient downloads are.
 *
 * @param attempts attempts in a row that bring less than {@code stallBytes} before giving up
 * @param firstPause the pause before the second attempt; it doubles up to {@code longestPause}
 * @param longestPause the longest pause between two attempts, also when the server asks for a longer one
 * @param stall a connection that brings less than {@code stallBytes} in this time is given up and opened again
 * @param stallBytes the least that a connection must bring
 */
public record HttpPolicy(int attempts, Duration firstPause, Duration longestPause, Duration stall, long stallBytes) {
    /** Five attempts, pauses from half a second to 30 seconds, at least 1 KiB in 30 seconds. */
    public static HttpPolicy defaults() {
        return new HttpPolicy(5, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(30), 1024);
    }
}

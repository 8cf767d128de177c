package org.menagerie.audio;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Where there is speech in a sound.
 *
 * @param segments in order of time, apart from each other
 */
public record Speech(List<Segment> segments) {
    public Speech {
        segments = List.copyOf(segments);
    }

    /**
     * A stretch of speech.
     *
     * @param start seconds from the sound's start
     * @param end seconds from the sound's start
     */
    public record Segment(double start, double end) {
        public Segment {
            if (!(start >= 0 && end >= start)) {
                throw new IllegalArgumentException("Speech from %s to %s s: not an interval".formatted(start, end));
            }
        }

        /** For example {@code 0.48 - 2.30 s}. */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f - %.2f s", start, end);
        }
    }

    /** Seconds of speech in all. */
    public double seconds() {
        return segments.stream().mapToDouble(s -> s.end() - s.start()).sum();
    }

    /** A segment a line; {@code no speech} where there is none. */
    @Override
    public String toString() {
        return segments.isEmpty()
                ? "no speech"
                : segments.stream().map(Segment::toString).collect(Collectors.joining("\n"));
    }
}

package org.menagerie.decoding;

/**
 * A stretch of speech.
 *
 * @param start first sample
 * @param end the sample after the last
 */
public record SpeechSegment(long start, long end) {}

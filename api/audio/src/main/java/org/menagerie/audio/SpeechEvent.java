package org.menagerie.audio;

/** Speech begins or ends in a stream of sound. */
public sealed interface SpeechEvent {
    /** Seconds from the stream's start. */
    double at();

    /** Speech has begun. */
    record Started(double at) implements SpeechEvent {}

    /** Speech has ended. */
    record Ended(double at) implements SpeechEvent {}
}

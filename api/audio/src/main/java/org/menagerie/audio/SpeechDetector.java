package org.menagerie.audio;

/** A model that can find speech in a stream; see {@code Model.extension}. */
public interface SpeechDetector {
    /** A new stream, whose state is its own. */
    SpeechStream stream();
}

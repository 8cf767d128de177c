package org.menagerie.audio;

import java.util.List;

/** Finds speech in sound as it arrives. For one thread; any number of streams may share a model. */
public interface SpeechStream {
    /**
     * Takes the next samples, any number of them, from -1 to 1 at {@link #rate}.
     *
     * @return what has begun or ended, as far as these samples tell
     */
    List<SpeechEvent> push(float[] samples);

    /** Ends the stream: the rest of its last frame counts as silent, and speech that goes on ends. */
    List<SpeechEvent> finish();

    /** The rate of its samples, Hz. */
    int rate();
}

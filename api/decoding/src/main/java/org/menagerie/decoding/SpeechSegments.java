package org.menagerie.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Speech segments from frame probabilities, as they come in: push a probability for each frame, and a segment is
 * answered as soon as its end cannot change any more. One stream, one thread.
 *
 * <p>The rules are Silero's: a frame at or above {@code on} opens speech, one below {@code off} opens a silence, and a
 * silence that lasts closes the speech where it began; speech that is too short is dropped; padding reaches at most half
 * way to the neighbour. A NaN neither opens nor closes anything.
 */
public final class SpeechSegments {
    private static final long NONE = -1;

    private final SpeechRules rules;
    private long frames;
    private long speechStart = NONE;
    private long silenceStart = NONE;
    /** A finished segment whose end still depends on when speech begins again. */
    private long pendingStart = NONE;

    private long pendingEnd;

    public SpeechSegments(SpeechRules rules) {
        this.rules = rules;
    }

    /** All segments of a whole recording, of which the last frame may be incomplete. */
    public static List<SpeechSegment> of(float[] probabilities, long samples, SpeechRules rules) {
        var stream = new SpeechSegments(rules);
        List<SpeechSegment> segments = new ArrayList<>();
        for (float probability : probabilities) {
            stream.push(probability).ifPresent(segments::add);
        }
        segments.addAll(stream.finish(samples));
        return segments;
    }

    /** Whether speech is going on: it has been opened and no silence has closed it. */
    public boolean speaking() {
        return speechStart != NONE;
    }

    /** Takes the next frame's probability; answers the segment that it completes. */
    public Optional<SpeechSegment> push(float probability) {
        long now = frames++ * rules.frame();
        Optional<SpeechSegment> settled = Optional.empty();
        if (probability >= rules.on()) {
            silenceStart = NONE;
            if (speechStart == NONE) {
                speechStart = now;
            }
        } else if (probability < rules.off() && speechStart != NONE) {
            if (silenceStart == NONE) {
                silenceStart = now;
            }
            if (now - silenceStart >= rules.minSilence()) {
                settled = close(silenceStart);
            }
        }
        long until = speechStart == NONE ? now : speechStart;
        if (settled.isEmpty() && pendingStart != NONE && until - pendingEnd >= 2 * rules.pad()) {
            settled = Optional.of(new SpeechSegment(pendingStart, (long) (pendingEnd + rules.pad())));
            pendingStart = NONE;
        }
        return settled;
    }

    /** Ends the stream after a number of samples in all; answers what is still open. */
    public List<SpeechSegment> finish(long samples) {
        List<SpeechSegment> rest = new ArrayList<>();
        if (speechStart != NONE) {
            close(samples).ifPresent(rest::add);
        }
        if (pendingStart != NONE) {
            rest.add(new SpeechSegment(pendingStart, Math.min(samples, (long) (pendingEnd + rules.pad()))));
            pendingStart = NONE;
        }
        return rest;
    }

    /** Ends the speech that is going on; the segment before it is settled if it was waiting for this one. */
    private Optional<SpeechSegment> close(long end) {
        long start = speechStart;
        speechStart = NONE;
        silenceStart = NONE;
        if (end - start <= rules.minSpeech()) {
            return Optional.empty();
        }
        Optional<SpeechSegment> settled = Optional.empty();
        long paddedStart = (long) Math.max(0, start - rules.pad());
        if (pendingStart != NONE) {
            long silence = start - pendingEnd;
            boolean close = silence < 2 * rules.pad();
            long paddedEnd = close ? pendingEnd + silence / 2 : (long) (pendingEnd + rules.pad());
            paddedStart = close ? start - silence / 2 : paddedStart;
            settled = Optional.of(new SpeechSegment(pendingStart, paddedEnd));
        }
        pendingStart = paddedStart;
        pendingEnd = end;
        return settled;
    }
}

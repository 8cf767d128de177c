package org.menagerie.plugin.silerovad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.menagerie.audio.SpeechEvent;
import org.menagerie.audio.SpeechStream;
import org.menagerie.decoding.SpeechRules;
import org.menagerie.decoding.SpeechSegment;
import org.menagerie.decoding.SpeechSegments;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Network;

/**
 * A stream of sound on its way through the network, a frame as soon as its samples are there.
 *
 * <p>A start is told once the speech has lasted so long that it will certainly be kept.
 */
final class SileroStream implements SpeechStream {
    private static final long NONE = -1;

    private final FrameNetwork network;
    private final SpeechSegments segments;
    /** The samples after which a beginning is certain. */
    private final long certainty;

    private final long padding;
    /** The frame that is being filled, its context in front. */
    private final float[] frame = new float[FrameNetwork.CONTEXT + FrameNetwork.FRAME];

    private int filled = FrameNetwork.CONTEXT;
    private long frames;
    private long length;
    private long speakingSince = NONE;
    private boolean told;
    private boolean finished;

    SileroStream(Network network, SpeechRules rules) {
        this.network = new FrameNetwork(network);
        this.segments = new SpeechSegments(rules);
        this.certainty = samples(rules.minSpeechMillis() + rules.minSilenceMillis());
        this.padding = samples(rules.padMillis());
    }

    private static long samples(int milliseconds) {
        return (long) milliseconds * SileroVad.RATE / 1000;
    }

    @Override
    public int rate() {
        return SileroVad.RATE;
    }

    @Override
    public List<SpeechEvent> push(float[] samples) {
        if (finished) {
            throw new IllegalStateException("The stream is finished; open another");
        }
        requireFinite(samples);
        List<SpeechEvent> events = new ArrayList<>();
        for (int at = 0; at < samples.length; ) {
            int count = Math.min(samples.length - at, frame.length - filled);
            System.arraycopy(samples, at, frame, filled, count);
            filled += count;
            at += count;
            if (filled == frame.length) {
                run(events);
            }
        }
        length += samples.length;
        return events;
    }

    static void requireFinite(float[] samples) {
        for (int i = 0; i < samples.length; i++) {
            if (!Float.isFinite(samples[i])) {
                throw new InvalidInputException("Sample %,d is not a finite number".formatted(i));
            }
        }
    }

    @Override
    public List<SpeechEvent> finish() {
        List<SpeechEvent> events = new ArrayList<>();
        if (!finished) {
            finished = true;
            if (filled > FrameNetwork.CONTEXT) {
                Arrays.fill(frame, filled, frame.length, 0);
                run(events);
            }
            segments.finish(length).forEach(segment -> end(segment, events));
        }
        return events;
    }

    private void run(List<SpeechEvent> events) {
        network.samples().put(0, frame);
        segments.push(network.run()).ifPresent(segment -> end(segment, events));
        long now = frames++ * FrameNetwork.FRAME;
        if (!segments.speaking()) {
            speakingSince = NONE;
        } else if (speakingSince == NONE) {
            speakingSince = now;
        }
        if (!told && speakingSince != NONE && now - speakingSince > certainty) {
            start(Math.max(0, speakingSince - padding), events);
        }
        System.arraycopy(frame, FrameNetwork.FRAME, frame, 0, FrameNetwork.CONTEXT);
        filled = FrameNetwork.CONTEXT;
    }

    private void start(long sample, List<SpeechEvent> events) {
        told = true;
        events.add(new SpeechEvent.Started(seconds(sample)));
    }

    private void end(SpeechSegment segment, List<SpeechEvent> events) {
        if (!told) {
            start(segment.start(), events);
        }
        told = false;
        events.add(new SpeechEvent.Ended(seconds(segment.end())));
    }

    private static double seconds(long samples) {
        return (double) samples / SileroVad.RATE;
    }
}

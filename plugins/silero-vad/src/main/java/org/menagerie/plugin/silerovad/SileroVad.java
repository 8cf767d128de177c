package org.menagerie.plugin.silerovad;

import java.util.List;
import org.menagerie.audio.Audio;
import org.menagerie.audio.Frames;
import org.menagerie.audio.Speech;
import org.menagerie.audio.SpeechDetector;
import org.menagerie.audio.SpeechStream;
import org.menagerie.decoding.SpeechSegments;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Network;

/**
 * Silero VAD: where there is speech in a sound of any rate, or in a 16 kHz stream (Silero Team, {@code silero-vad} v6).
 *
 * <p>The sound is taken in frames of 512 samples at 16 kHz, each with the last 64 of the frame before, and the network's
 * state is carried from frame to frame. Thread-safe: the state belongs to the sound.
 */
final class SileroVad implements Model<Audio, Speech>, SpeechDetector {
    static final int RATE = 16_000;

    private final SileroVadSettings settings;
    private final ModelCard card;
    private final Network network;

    SileroVad(SileroVadSettings settings, ModelCard card, Artifacts artifacts) {
        this.settings = settings;
        this.card = card;
        this.network = artifacts.network("model");
    }

    @Override
    public List<Speech> predict(List<? extends Audio> inputs) {
        return inputs.stream().map(this::predict).toList();
    }

    @Override
    public Speech predict(Audio input) {
        SileroStream.requireFinite(input.samples());
        float[] samples = input.at(RATE).samples();
        FrameNetwork frames = new FrameNetwork(network);
        Frames cut = new Frames(samples, FrameNetwork.FRAME, FrameNetwork.CONTEXT);
        float[] probabilities = new float[cut.count()];
        for (int i = 0; i < probabilities.length; i++) {
            cut.copy(i, frames.samples());
            probabilities[i] = frames.run();
        }
        return new Speech(SpeechSegments.of(probabilities, samples.length, settings.rules()).stream()
                .map(segment -> new Speech.Segment((double) segment.start() / RATE, (double) segment.end() / RATE))
                .toList());
    }

    @Override
    public SpeechStream stream() {
        return new SileroStream(network, settings.rules());
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public void close() {
        network.close();
    }
}

package org.menagerie.plugin.silerovad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.menagerie.audio.Audio;
import org.menagerie.audio.AudioReader;
import org.menagerie.audio.SampleFormat;
import org.menagerie.audio.Speech;
import org.menagerie.audio.Speech.Segment;
import org.menagerie.audio.SpeechDetector;
import org.menagerie.audio.SpeechEvent;
import org.menagerie.audio.SpeechStream;
import org.menagerie.fixtures.Fetched;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Model;

/** Runs the published network; skipped only if offline without it. */
class SileroVadModelTest {
    private static final Zoo ZOO = Zoo.open(ZooOptions.defaults().withDevice(Device.CPU));
    private Model<Audio, Speech> model;
    private Audio forward;

    /** Before each, since reports leave out tests whose class was skipped before all. */
    @BeforeEach
    void load() throws IOException {
        forward = new AudioReader()
                .readRaw(
                        new ByteArrayInputStream(Fixtures.bytes("audio/goforward.raw")),
                        SampleFormat.S16,
                        1,
                        16_000,
                        "goforward.raw");
        model = Fetched.orSkip(() -> ZOO.load("silero-vad", Audio.class, Speech.class));
    }

    @Test
    void findsTheSentence() {
        List<Segment> segments = model.predict(forward).segments();
        assertThat(segments).hasSize(1);
        assertThat(segments.get(0).start()).isCloseTo(0.48, within(0.03));
        assertThat(segments.get(0).end()).isCloseTo(2.30, within(0.03));
    }

    @Test
    void otherRatesGiveTheSameTimes() {
        for (int rate : new int[] {8_000, 44_100}) {
            Segment segment = model.predict(forward.at(rate)).segments().get(0);
            assertThat(segment.start()).isCloseTo(0.48, within(0.07));
            assertThat(segment.end()).isCloseTo(2.30, within(0.07));
        }
    }

    @Test
    void aStreamTellsWhatTheWholeSoundTells() throws IOException {
        Audio other = new AudioReader()
                .readWav(new ByteArrayInputStream(Fixtures.bytes("audio/librivox-0880.wav")), "librivox-0880.wav");
        float[] both = Arrays.copyOf(forward.samples(), forward.samples().length + other.samples().length);
        System.arraycopy(other.samples(), 0, both, forward.samples().length, other.samples().length);
        Random random = new Random(4);
        SpeechStream stream = model.extension(SpeechDetector.class).orElseThrow().stream();
        List<SpeechEvent> events = new ArrayList<>();
        for (int at = 0; at < both.length; ) {
            int end = Math.min(both.length, at + random.nextInt(2_000));
            events.addAll(stream.push(Arrays.copyOfRange(both, at, end)));
            at = end;
        }
        events.addAll(stream.finish());
        List<SpeechEvent> expected = new ArrayList<>();
        for (Segment segment : model.predict(new Audio(both, 16_000)).segments()) {
            expected.add(new SpeechEvent.Started(segment.start()));
            expected.add(new SpeechEvent.Ended(segment.end()));
        }
        assertThat(events).hasSizeGreaterThanOrEqualTo(4).isEqualTo(expected);
        assertThat(stream.finish()).isEmpty();
        assertThatThrownBy(() -> stream.push(both)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void silenceNoiseAndNothingHoldNoSpeech() {
        float[] noise = new float[32_000];
        Random random = new Random(9);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian() * 0.05f;
        }
        for (float[] samples : new float[][] {new float[0], new float[1], new float[16_000], noise}) {
            assertThat(model.predict(new Audio(samples, 16_000)).segments())
                    .as("%d samples", samples.length)
                    .isEmpty();
        }
    }

    @Test
    void samplesThatAreNotFiniteAreRefused() {
        float[] samples = {0, Float.NaN};
        assertThatThrownBy(() -> model.predict(new Audio(samples, 16_000)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Sample 1 is not a finite number");
        SpeechStream stream = model.extension(SpeechDetector.class).orElseThrow().stream();
        assertThatThrownBy(() -> stream.push(samples)).isInstanceOf(InvalidInputException.class);
    }
}

package org.menagerie.plugin.silerovad;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.menagerie.audio.Audio;
import org.menagerie.audio.AudioReader;
import org.menagerie.audio.SampleFormat;
import org.menagerie.audio.Speech;
import org.menagerie.fixtures.Fetched;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.fixtures.contract.ModelContract;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import org.menagerie.spi.Model;

/** Runs the published network; skipped only if offline without it. */
class SileroVadContractTest extends ModelContract<Audio, Speech> {
    private static final Zoo ZOO = Zoo.open(ZooOptions.defaults().withDevice(Device.CPU));

    @Override
    protected Model<Audio, Speech> model() {
        return Fetched.orSkip(() -> ZOO.load("silero-vad", Audio.class, Speech.class));
    }

    /** Two parts of a sentence that begin and end at different times. */
    @Override
    protected List<Audio> inputs() {
        try {
            float[] samples = new AudioReader()
                    .readRaw(
                            new ByteArrayInputStream(Fixtures.bytes("audio/goforward.raw")),
                            SampleFormat.S16,
                            1,
                            16_000,
                            "goforward.raw")
                    .samples();
            return List.of(
                    new Audio(Arrays.copyOf(samples, 20_000), 16_000),
                    new Audio(Arrays.copyOfRange(samples, 4_000, 24_000), 16_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected List<Audio> broken() {
        return List.of(new Audio(new float[] {0, Float.NaN}, 16_000));
    }

    @Override
    protected String text(Speech answer) {
        return answer.segments().toString();
    }
}

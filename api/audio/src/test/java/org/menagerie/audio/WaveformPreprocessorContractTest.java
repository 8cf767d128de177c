package org.menagerie.audio;

import java.util.List;
import org.menagerie.fixtures.contract.PreprocessorContract;
import org.menagerie.spi.Preprocessor;

class WaveformPreprocessorContractTest extends PreprocessorContract<Audio> {
    @Override
    protected Preprocessor<Audio> preprocessor() {
        return new WaveformPreprocessor(new WaveformSettings("waveform", 16_000));
    }

    @Override
    protected List<Audio> inputs() {
        return List.of(
                new Audio(new float[] {0, 0.5f, -0.5f, 1}, 8_000), new Audio(new float[] {1, 0, 0.25f, -1}, 8_000));
    }

    @Override
    protected List<Audio> broken() {
        return List.of(new Audio(new float[0], 8_000));
    }
}

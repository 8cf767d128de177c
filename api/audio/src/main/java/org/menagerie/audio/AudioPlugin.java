package org.menagerie.audio;

import com.google.inject.AbstractModule;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;
import org.menagerie.spi.PreprocessorKind;

/** Brings the preprocessor {@code waveform} how sounds are read, and how speech in them is told. */
public final class AudioPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("audio", "Sound to sample tensors.");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder())
                .preprocessor(
                        "waveform",
                        new PreprocessorKind<>(Audio.class, WaveformSettings.class, WaveformPreprocessor::new))
                .input(AudioReader.kind())
                .answer(SpeechAnswer.kind());
    }
}

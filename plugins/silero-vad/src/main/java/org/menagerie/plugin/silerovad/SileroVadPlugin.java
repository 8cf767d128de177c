package org.menagerie.plugin.silerovad;

import com.google.inject.AbstractModule;
import org.menagerie.audio.Audio;
import org.menagerie.audio.Speech;
import org.menagerie.spi.ModelKind;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings the model kind {@code silero-vad}. */
public final class SileroVadPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("silero-vad", "Where there is speech in sound, whole or as it arrives: Silero VAD.");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder())
                .model(
                        "silero-vad",
                        new ModelKind<>(Audio.class, Speech.class, SileroVadSettings.class, SileroVad::new));
    }
}

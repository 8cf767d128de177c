package org.menagerie.text;

import com.google.inject.AbstractModule;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;
import org.menagerie.spi.PreprocessorKind;

/** Brings the preprocessor {@code tokenizer}. */
public final class TextPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("text", "Texts to token tensors.");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder())
                .preprocessor(
                        "tokenizer",
                        new PreprocessorKind<>(String.class, TokenizerSettings.class, TextPreprocessor::new));
    }
}

package org.menagerie.text;

import com.google.inject.AbstractModule;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;
import org.menagerie.spi.PreprocessorKind;
import org.menagerie.text.generation.GeneratedTextsAnswer;
import org.menagerie.text.generation.TextGeneration;

/**
 * Brings the preprocessors {@code tokenizer} and {@code hashed-words}, the kind {@code text-generation}, how texts are read and
 * generated texts are told.
 */
public final class TextPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("text", "Texts to token tensors, and texts to texts token by token.");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder())
                .model("text-generation", TextGeneration.kind())
                .preprocessor(
                        "tokenizer",
                        new PreprocessorKind<>(String.class, TokenizerSettings.class, TextPreprocessor::new))
                .preprocessor(
                        "hashed-words",
                        new PreprocessorKind<>(String.class, HashedWordsSettings.class, HashedWords::new))
                .input(TextInput.kind())
                .answer(GeneratedTextsAnswer.kind());
    }
}

package org.menagerie.plugin.sentenceembedding;

import com.google.inject.AbstractModule;
import org.menagerie.spi.ModelKind;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings the model kind {@code sentence-embedding}. */
public final class SentenceEmbeddingPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("sentence-embedding", "Sentences to vectors: BERT-like encoders with pooling.");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder())
                .model(
                        "sentence-embedding",
                        new ModelKind<>(
                                String.class, float[].class, SentenceEmbeddingSettings.class, SentenceEmbedding::new));
    }
}

package org.menagerie.plugin.transformer;

import com.google.inject.AbstractModule;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings Transformers. */
public final class TransformerPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("transformer", "Transformers (Vaswani 2017): encoder and decoder, BERT, GPT-2");
    }

    @Override
    protected void configure() {
        PluginBinder kinds = PluginBinder.on(binder());
        kinds.bind(Architecture.class, "transformer").toInstance(new Transformer());
        kinds.bind(Architecture.class, "bert").toInstance(new Bert());
        kinds.bind(Architecture.class, "gpt").toInstance(new Gpt());
    }
}

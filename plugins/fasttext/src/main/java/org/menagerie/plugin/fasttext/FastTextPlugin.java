package org.menagerie.plugin.fasttext;

import com.google.inject.AbstractModule;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings fastText. */
public final class FastTextPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo(
                "fasttext", "fastText (Joulin 2016), a classifier of texts by their words and pairs of words");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder()).bind(Architecture.class, "fasttext").toInstance(new FastText());
    }
}

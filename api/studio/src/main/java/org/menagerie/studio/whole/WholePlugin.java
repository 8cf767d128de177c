package org.menagerie.studio.whole;

import com.google.inject.AbstractModule;
import org.menagerie.graph.export.GraphDecoderKind;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings the decoder {@code greedy} for exported files. */
public final class WholePlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("whole", "Decoders inside exported files");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder()).bind(GraphDecoderKind.class, "greedy").toInstance(new GreedyInFile());
    }
}

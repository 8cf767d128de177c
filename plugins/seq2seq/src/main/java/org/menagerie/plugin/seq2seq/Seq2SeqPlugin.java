package org.menagerie.plugin.seq2seq;

import com.google.inject.AbstractModule;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings sequence to sequence networks. */
public final class Seq2SeqPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("seq2seq", "LSTM or GRU encoder and decoder with attention (Luong 2015)");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder()).bind(Architecture.class, "seq2seq").toInstance(new Seq2Seq());
    }
}

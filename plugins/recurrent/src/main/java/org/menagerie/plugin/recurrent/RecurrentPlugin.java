package org.menagerie.plugin.recurrent;

import com.google.inject.AbstractModule;
import java.util.List;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.DecoderKind;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;
import org.menagerie.spi.answer.AnswerKind;

/** Brings recurrent language models and taggers. */
public final class RecurrentPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("recurrent", "RNN, LSTM and GRU language models and taggers");
    }

    @Override
    protected void configure() {
        PluginBinder kinds = PluginBinder.on(binder());
        kinds.bind(Architecture.class, "recurrent-lm").toInstance(new LanguageModel());
        kinds.bind(Architecture.class, "recurrent-tagger").toInstance(new Tagger());
        kinds.decoder("tags", new DecoderKind<>(Tags.class, TagsSettings.class, TagsDecoder::new));
        kinds.answer(new AnswerKind<>(Tags.class, (found, view) -> List.of(String.join(" ", found.tags()))));
    }
}

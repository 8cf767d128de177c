package org.menagerie.training.data;

import com.google.inject.AbstractModule;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** The data sets that come with training. */
public final class DataPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("data", "Data sets that training reads");
    }

    @Override
    protected void configure() {
        PluginBinder kinds = PluginBinder.on(binder());
        kinds.bind(DatasetKind.class, "fashion-mnist").toInstance(new FashionMnist());
        kinds.bind(DatasetKind.class, "cmudict").toInstance(new CmuDict());
        kinds.bind(DatasetKind.class, "jargon").toInstance(TextFile.jargon());
        kinds.bind(DatasetKind.class, "text").toInstance(TextFile.anyFile());
        kinds.bind(DatasetKind.class, "fashion-scenes").toInstance(new FashionScenes());
        kinds.bind(DatasetKind.class, "proposals").toInstance(new Proposing());
        kinds.bind(DatasetKind.class, "captions").toInstance(new Captioning());
        kinds.bind(DatasetKind.class, "coco").toInstance(new Coco());
        kinds.bind(DatasetKind.class, "idx").toInstance(new IdxImages());
    }
}

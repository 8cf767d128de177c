package org.menagerie.training.data;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.NetworkFormat;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;
import org.menagerie.training.recipe.SafetensorsFormat;

/** The data sets and weight formats that come with training. */
public final class DataPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("data", "Data sets that training reads, and networks from safetensors");
    }

    @Override
    protected void configure() {
        MapBinder.newMapBinder(binder(), String.class, Architecture.class); // exists even if no plugin brings one
        PluginBinder kinds = PluginBinder.on(binder());
        kinds.bind(NetworkFormat.class, "safetensors").to(SafetensorsFormat.class);
        kinds.bind(DatasetKind.class, "fashion-mnist").toInstance(new FashionMnist());
        kinds.bind(DatasetKind.class, "cmudict").toInstance(new CmuDict());
        kinds.bind(DatasetKind.class, "fashion-scenes").toInstance(new FashionScenes());
        kinds.bind(DatasetKind.class, "coco").toInstance(new Coco());
        kinds.bind(DatasetKind.class, "idx").toInstance(new IdxImages());
    }
}

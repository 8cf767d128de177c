package org.menagerie.training.files;

import com.google.inject.AbstractModule;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;
import org.menagerie.training.data.DatasetKind;

/** The data sets in files that people have. */
public final class FilesPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("files", "Data sets in folders and files of the user");
    }

    @Override
    protected void configure() {
        PluginBinder kinds = PluginBinder.on(binder());
        kinds.bind(DatasetKind.class, "folder").toInstance(new ImageFolder());
        kinds.bind(DatasetKind.class, "labelled-text").toInstance(new LabelledTextFiles());
    }
}

package org.menagerie.hub;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.menagerie.hub.cache.Store;
import org.menagerie.hub.catalog.CardFile;
import org.menagerie.hub.catalog.Catalog;
import org.menagerie.hub.catalog.Catalogs;
import org.menagerie.hub.catalog.FolderCatalog;
import org.menagerie.hub.catalog.PackagedCatalogs;
import org.menagerie.hub.source.HttpPolicy;
import org.menagerie.hub.source.Sources;
import org.menagerie.spi.ModelCard;

/** Cards, their files, and the folder that keeps them; no plugins, no native library. Thread-safe. */
public final class Hub {
    private final ZooOptions options;
    private final Store store;
    private final Sources sources;
    private volatile Catalogs catalogs;

    public Hub(ZooOptions options) {
        this.options = options;
        this.store = new Store(options.home());
        this.sources = new Sources(
                Sources.builtIn(options.classLoader(), HttpPolicy.defaults(), options.offline()),
                options.home(),
                options.offline());
        this.catalogs = read();
    }

    public Catalogs catalogs() {
        return catalogs;
    }

    /** Looks again at what catalogs there are. */
    public void reload() {
        catalogs = read();
    }

    private Catalogs read() {
        List<Catalog> all = new ArrayList<>(PackagedCatalogs.of(options.classLoader()));
        options.catalogs().forEach(folder -> all.add(FolderCatalog.of(nameOf(folder), folder)));
        return new Catalogs(all);
    }

    private static String nameOf(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? "root" : name.toString().toLowerCase(Locale.ROOT);
    }

    /** True if every file of the model is here. */
    public boolean installed(ModelCard card) {
        return card.artifacts().values().stream().allMatch(store::has);
    }

    /** The files of a card, fetched when they are asked for. */
    CardArtifacts artifacts(CardFile file, ModelCard card) {
        return new CardArtifacts(file, card, store, sources, options.session(), options.progress());
    }
}

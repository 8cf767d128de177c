package org.menagerie.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.menagerie.hub.cache.Store;
import org.menagerie.hub.catalog.CardFile;
import org.menagerie.hub.catalog.CardSummary;
import org.menagerie.hub.catalog.Catalog;
import org.menagerie.hub.catalog.Catalogs;
import org.menagerie.hub.catalog.FolderCatalog;
import org.menagerie.hub.catalog.PackagedCatalogs;
import org.menagerie.hub.catalog.UserCatalogs;
import org.menagerie.hub.source.FileLocks;
import org.menagerie.hub.source.HttpPolicy;
import org.menagerie.hub.source.Source;
import org.menagerie.hub.source.Sources;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.spi.NetworkFormat;
import org.menagerie.spi.OfflineException;
import org.menagerie.spi.ZooException;

/**
 * Cards, their files, and the folder that keeps them; no native library. Plugins are loaded only for a source that the hub does not
 * have. Thread-safe.
 */
public final class Hub {
    private final ZooOptions options;
    private final Store store;
    private final List<Source> builtIn;
    private final Sources sources;
    private final FileLocks locks;
    private final SeenFolders seen;
    private volatile Catalogs catalogs;

    @Nullable
    private Plugins plugins;

    public Hub(ZooOptions options) {
        this.options = options.withPluginFolder();
        this.store = new Store(options.home());
        this.builtIn = Sources.builtIn(this.options.classLoader(), HttpPolicy.defaults(), options.offline());
        this.sources = new Sources(builtIn, options.home(), options.offline());
        use(() -> new ModelMaker(plugins().injector()).components(Source.class));
        this.locks = new FileLocks(options.home().resolve("locks"));
        this.seen = new SeenFolders(options.home().resolve("folders"));
        this.catalogs = read();
    }

    /** The plugins that its class loader sees; loaded once. */
    synchronized Plugins plugins() {
        if (plugins == null) {
            plugins = Plugins.load(options.classLoader(), builtIn);
        }
        return plugins;
    }

    /** The sources that need no plugin. */
    List<Source> builtIn() {
        return builtIn;
    }

    /** Takes sources of other schemes from a map that is asked for when one is needed. */
    void use(Supplier<Map<String, Source>> others) {
        sources.use(others);
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
        all.addAll(userCatalogs().list());
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

    /** Summaries of all cards, from the last listing where a card has not changed. */
    public Catalogs.Listing listing() {
        return catalogs.summaries(options.home().resolve("summaries"));
    }

    /** True if every file of a listed model is here, by their sizes. */
    public boolean installed(CardSummary summary) {
        return summary.contents().stream().allMatch(content -> store.has(content.sha256(), content.size()));
    }

    /**
     * Fetches every file of a model that is not here yet; reads those that are, and fetches damaged ones anew.
     *
     * @return the files that were damaged
     */
    public List<Artifact> pull(CardFile file, ModelCard card) {
        List<Artifact> damaged = new ArrayList<>();
        for (Artifact artifact : card.artifacts().values()) {
            Store.Condition found =
                    store.repair(file.qualifiedName(), artifact, file.base(), sources, options.progress());
            if (found == Store.Condition.WRONG) {
                damaged.add(artifact);
            }
        }
        CardArtifacts artifacts = artifacts(file, card);
        card.artifacts().keySet().forEach(artifacts::file);
        return damaged;
    }

    /** A file of a model, fetched if it is not here. */
    public Path file(CardFile file, ModelCard card, String artifact) {
        return artifacts(file, card).file(artifact);
    }

    /**
     * A network without a card: a path, or a URL or a reference of {@code hf:}, {@code npm:} or {@code maven:}, which is fetched
     * once and kept, with its external data. Nothing states its hash, so plain HTTP is as good as its network.
     *
     * @throws ZooException if it cannot be had, or is not an ONNX model
     */
    public Path bare(String reference) {
        return new BareFiles(options.home(), sources, locks, options.progress()).get(reference);
    }

    /**
     * Weights without a card: a safetensors file at a path or a reference, as {@link #bare} takes them.
     *
     * @throws ZooException if it cannot be had, or is not a safetensors file
     */
    public Path bareWeights(String reference) {
        return new BareFiles(options.home(), sources, locks, options.progress()).weights(reference);
    }

    /**
     * A file of a published data set, fetched if it is not here.
     *
     * @throws ZooException if it cannot be had
     */
    public Path data(String dataset, Artifact file) {
        try {
            return store.data(dataset, file, sources, options.progress());
        } catch (OfflineException e) {
            throw new OfflineException(
                    "%s. A copy of the data that is on this machine can be named as %s:LOCATION"
                            .formatted(e.getMessage(), dataset),
                    e);
        }
    }

    /** True if a file of a model is here, by its size. */
    public boolean present(Artifact artifact) {
        return store.has(artifact);
    }

    /** Reads a file of a model and compares it with what the card states. */
    public Store.Condition check(Artifact artifact) {
        return store.check(artifact);
    }

    /** Bytes of a file that an unfinished download has brought. */
    public long begun(Artifact artifact) {
        return store.begun(artifact);
    }

    /** Removes a model's files, but for those that other installed models share; gives the bytes freed. */
    public long remove(CardFile file, ModelCard card) {
        Set<String> needed = everSeen().read().cards().stream()
                .filter(other -> !other.file().qualifiedName().equals(file.qualifiedName()))
                .filter(other -> installed(other.card()))
                .flatMap(other -> hashes(other.card()))
                .collect(Collectors.toSet());
        return store.remove(file.qualifiedName(), card.artifacts().values(), needed);
    }

    /**
     * Removes contents that no card names, unfinished downloads and kept archives; gives the bytes freed. The cards of a
     * folder that an option named earlier count while the folder exists.
     *
     * @param pretend true to count only
     * @throws ZooException if a card cannot be read, because the files that it names are unknown
     */
    public long prune(boolean pretend) {
        Catalogs.Reading reading = everSeen().read();
        if (!reading.problems().isEmpty()) {
            throw new ZooException("Nothing was removed, because the files of a card that cannot be read are unknown; "
                    + "mend or remove it: " + String.join("; ", reading.problems()));
        }
        Set<String> needed =
                reading.cards().stream().flatMap(card -> hashes(card.card())).collect(Collectors.toSet());
        return store.prune(needed, pretend);
    }

    /** The catalogs of now and the folders that were catalogs when their models' files were fetched. */
    private Catalogs everSeen() {
        Set<Path> known = options.catalogs().stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .collect(Collectors.toSet());
        try {
            return catalogs.with(seen.existing().stream()
                    .filter(folder -> !known.contains(folder))
                    .map(folder -> FolderCatalog.of(nameOf(folder), folder))
                    .toList());
        } catch (IOException e) {
            throw new ZooException("The cache %s cannot be read: %s".formatted(options.home(), e), e);
        }
    }

    private static Stream<String> hashes(ModelCard card) {
        return card.artifacts().values().stream().map(Artifact::sha256);
    }

    /** The catalogs that the user added. */
    public UserCatalogs userCatalogs() {
        return new UserCatalogs(options.home().resolve("catalogs"), sources);
    }

    public ZooOptions options() {
        return options;
    }

    /** The files of a card, fetched when they are asked for. */
    CardArtifacts artifacts(CardFile file, ModelCard card) {
        return artifacts(file, card, Map.of());
    }

    /**
     * A card's files.
     *
     * @param formats of networks that are not ONNX files, by extension
     */
    CardArtifacts artifacts(CardFile file, ModelCard card, Map<String, NetworkFormat> formats) {
        options.catalogs().stream()
                .filter(folder -> file.base().equals(FolderCatalog.base(folder)))
                .forEach(seen::remember);
        return new CardArtifacts(file, card, store, sources, options.session(), options.progress(), formats);
    }
}

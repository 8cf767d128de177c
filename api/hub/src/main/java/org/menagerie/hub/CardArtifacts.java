package org.menagerie.hub;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.menagerie.hub.cache.Store;
import org.menagerie.hub.card.Suggestions;
import org.menagerie.hub.catalog.CardFile;
import org.menagerie.hub.source.Progress;
import org.menagerie.hub.source.Sources;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.spi.Network;
import org.menagerie.spi.ZooException;

/** The files of one card, fetched when they are asked for. */
final class CardArtifacts implements Artifacts {
    private final CardFile cardFile;
    private final ModelCard card;
    private final Store store;
    private final Sources sources;
    private final SessionOptions session;
    private final Progress progress;
    private final Set<String> devices = ConcurrentHashMap.newKeySet();

    CardArtifacts(
            CardFile cardFile,
            ModelCard card,
            Store store,
            Sources sources,
            SessionOptions session,
            Progress progress) {
        this.cardFile = cardFile;
        this.card = card;
        this.store = store;
        this.sources = sources;
        this.session = session;
        this.progress = progress;
    }

    @Override
    public Path file(String name) {
        Artifact artifact = card.artifacts().get(name);
        if (artifact == null) {
            throw new ZooException("Model %s has no artifact '%s'%s; it has %s"
                    .formatted(
                            card.name(),
                            name,
                            Suggestions.didYouMean(name, card.artifacts().keySet()),
                            String.join(", ", card.artifacts().keySet())));
        }
        return store.file(cardFile.qualifiedName(), artifact, cardFile.base(), sources, progress);
    }

    @Override
    public Network network(String name) {
        Network network = OnnxSession.open(file(name), session);
        devices.add(network.device());
        return network;
    }

    /** Where the networks that were loaded run. */
    String device() {
        return String.join(", ", new TreeSet<>(devices));
    }
}

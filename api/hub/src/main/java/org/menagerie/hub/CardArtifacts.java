package org.menagerie.hub;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.menagerie.hub.cache.Store;
import org.menagerie.hub.catalog.CardFile;
import org.menagerie.hub.source.Progress;
import org.menagerie.hub.source.Sources;
import org.menagerie.runtime.OnnxFile;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.spi.Network;
import org.menagerie.spi.NetworkFormat;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.settings.Suggestions;

/** The files of one card, fetched when they are asked for. */
final class CardArtifacts implements Artifacts {
    private final CardFile cardFile;
    private final ModelCard card;
    private final Store store;
    private final Sources sources;
    private final SessionOptions session;
    private final Progress progress;
    private final Map<String, NetworkFormat> formats;
    private final Set<String> devices = ConcurrentHashMap.newKeySet();

    CardArtifacts(
            CardFile cardFile,
            ModelCard card,
            Store store,
            Sources sources,
            SessionOptions session,
            Progress progress,
            Map<String, NetworkFormat> formats) {
        this.cardFile = cardFile;
        this.card = card;
        this.store = store;
        this.sources = sources;
        this.session = session;
        this.progress = progress;
        this.formats = formats;
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
        Path file = store.file(cardFile.qualifiedName(), artifact, cardFile.base(), sources, progress);
        List<Artifact> data = externalData(artifact, file);
        return data.isEmpty()
                ? file
                : store.file(cardFile.qualifiedName(), artifact, data, cardFile.base(), sources, progress);
    }

    /** The files that must lie beside a network because it keeps weights in them. */
    private List<Artifact> externalData(Artifact artifact, Path file) {
        if (!artifact.file().endsWith(".onnx")) {
            return List.of();
        }
        List<Artifact> data = new ArrayList<>();
        for (String location : OnnxFile.read(file).externalData()) {
            data.add(card.artifacts().values().stream()
                    .filter(other -> other.file().equals(location))
                    .findFirst()
                    .orElseThrow(() -> new ZooException(
                            "Model %s: '%s' keeps weights in '%s', which is none of the card's files, %s"
                                    .formatted(
                                            card.name(),
                                            artifact.file(),
                                            location,
                                            card.artifacts().values().stream()
                                                    .map(Artifact::file)
                                                    .collect(Collectors.joining(", "))))));
        }
        return data;
    }

    @Override
    public Network network(String name) {
        Path file = file(name);
        NetworkFormat format = formats.get(extension(name));
        Network network = format == null
                ? OnnxSession.open(file, session)
                : OnnxSession.open(format.onnx(card, name, file), session);
        devices.add(network.device());
        return network;
    }

    @Override
    public Network network(byte[] onnx) {
        Network network = OnnxSession.open(onnx, session);
        devices.add(network.device());
        return network;
    }

    private String extension(String name) {
        String file = Objects.requireNonNull(card.artifacts().get(name)).file();
        return file.substring(file.lastIndexOf('.') + 1);
    }

    /** Where the networks that were loaded run. */
    String device() {
        return String.join(", ", new TreeSet<>(devices));
    }
}

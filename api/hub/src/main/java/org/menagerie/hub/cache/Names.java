package org.menagerie.hub.cache;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.spi.ZooException;
import org.menagerie.weights.Sha256;

/**
 * The names under which contents are handed out, {@code models/CATALOG/NAME/HASH/FILE} and {@code datasets/NAME/HASH/FILE}.
 *
 * <p>The content's hash is part of the path, so a name never changes what it stands for: two versions of a model under one
 * name have two paths, and neither can be handed out for the other.
 */
record Names(Path home) {
    static final String MODELS = "models";
    static final String DATASETS = "datasets";

    private static final Pattern FOLDER = Pattern.compile("([0-9a-f]{64})(?:-[0-9a-f]{16})?");

    /** The folder of everything that a model has or had. */
    Path ofModel(String model) {
        return below(MODELS, model);
    }

    /**
     * The folder of one file of a model.
     *
     * @param neighbours files that must lie beside it, such as its external data; they are part of what the folder stands for
     */
    Path ofModel(String model, Artifact artifact, List<Artifact> neighbours) {
        return ofModel(model).resolve(folder(artifact, neighbours));
    }

    Path ofData(String dataset, Artifact artifact) {
        return below(DATASETS, dataset).resolve(folder(artifact, List.of()));
    }

    /** The hash of the content that a name stands for; empty for a name of an older version of this layout. */
    static String hash(Path name) {
        Path folder = name.getParent();
        Matcher matcher =
                FOLDER.matcher(folder == null ? "" : folder.getFileName().toString());
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static String folder(Artifact artifact, List<Artifact> neighbours) {
        if (neighbours.isEmpty()) {
            return artifact.sha256();
        }
        String all = neighbours.stream()
                .map(neighbour -> neighbour.file() + " " + neighbour.sha256())
                .sorted()
                .collect(Collectors.joining("\n"));
        return artifact.sha256()
                + "-"
                + Sha256.of(all.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    private Path below(String kind, String name) {
        Path folder = home.resolve(kind);
        for (String part : name.split("/", -1)) {
            if (part.isBlank() || part.equals(".") || part.equals("..") || part.indexOf('\\') >= 0) {
                throw new ZooException(
                        "'%s' cannot name a folder of the cache; expected names without '..' and '\\'".formatted(name));
            }
            folder = folder.resolve(part);
        }
        return folder;
    }
}

package org.menagerie.training.data;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.spi.settings.Suggestions;

/** Opens data sets by specification: a kind's name, and where it takes one, a colon and a location. */
public final class Datasets {
    private final TreeMap<String, DatasetKind> kinds;
    private final DataFiles files;

    /**
     * @param kinds the kinds by name, as plugins bind them
     * @param files where kinds find files that a specification does not locate
     */
    public Datasets(Map<String, DatasetKind> kinds, DataFiles files) {
        this.kinds = new TreeMap<>(kinds);
        this.files = new FilesAndDatasets(files);
    }

    /**
     * Opens a data set, for example {@code fashion-mnist} or {@code idx:/data/kmnist}.
     *
     * @throws DataSpecificationException if no kind has this name or the kind cannot follow the specification
     * @throws org.menagerie.spi.ZooException if the data cannot be read
     */
    public Splits open(String specification) {
        return kind(specification).open(location(specification), files);
    }

    /**
     * All examples of files that hold no parts of their own, such as the user's one file; empty where the specification
     * states the parts.
     *
     * @throws DataSpecificationException as {@link #open} does
     * @throws org.menagerie.spi.ZooException if the data cannot be read
     */
    public Optional<Dataset> whole(String specification) {
        return kind(specification).whole(location(specification), files);
    }

    /**
     * Fails if no kind has the name that a specification begins with. Reads no data.
     *
     * @throws DataSpecificationException if no kind has this name; the message lists those that exist
     */
    public void requireKnown(String specification) {
        kind(specification);
    }

    private DatasetKind kind(String specification) {
        String name = specification.split(":", 2)[0];
        DatasetKind kind = kinds.get(name);
        if (kind == null) {
            throw new DataSpecificationException("Unknown data set '%s'%s%s; available are %s"
                    .formatted(
                            name,
                            name.equals(specification) ? "" : " in '%s'".formatted(specification),
                            Suggestions.didYouMean(name, kinds.keySet()),
                            kinds.isEmpty() ? "none" : String.join(", ", kinds.keySet())));
        }
        return kind;
    }

    private static String location(String specification) {
        int colon = specification.indexOf(':');
        return colon < 0 ? "" : specification.substring(colon + 1);
    }

    /** Finds other data sets as well. */
    private final class FilesAndDatasets implements DataFiles {
        private final DataFiles others;

        FilesAndDatasets(DataFiles others) {
            this.others = others;
        }

        @Override
        public Optional<Path> find(String dataset, Artifact file) {
            return others.find(dataset, file);
        }

        @Override
        public Splits dataset(String specification) {
            return open(specification);
        }

        @Override
        public void remark(String remark) {
            others.remark(remark);
        }
    }
}

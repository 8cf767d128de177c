package org.menagerie.training.data;

import java.util.Map;
import java.util.TreeMap;
import org.menagerie.spi.InvalidInputException;

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
        this.files = files;
    }

    /**
     * Opens a data set, for example {@code fashion-mnist} or {@code idx:/data/kmnist}.
     *
     * @throws InvalidInputException if no kind has this name; the message lists those that exist
     * @throws org.menagerie.spi.ZooException if the data cannot be read
     */
    public Splits open(String specification) {
        int colon = specification.indexOf(':');
        String name = colon < 0 ? specification : specification.substring(0, colon);
        String location = colon < 0 ? "" : specification.substring(colon + 1);
        DatasetKind kind = kinds.get(name);
        if (kind == null) {
            throw new InvalidInputException("Unknown data set '%s' in '%s'; available are %s"
                    .formatted(name, specification, kinds.isEmpty() ? "none" : String.join(", ", kinds.keySet())));
        }
        return kind.open(location, files);
    }
}

package org.menagerie.training.data;

import java.nio.file.Path;
import java.util.Optional;
import org.menagerie.spi.ModelCard.Artifact;

/** Finds or fetches a published data set's files; a hub that downloads is one. */
@FunctionalInterface
public interface DataFiles {
    /** Finds nothing. */
    DataFiles NONE = (dataset, file) -> Optional.empty();

    /**
     * The file on this machine, with the size and hash that are asked for.
     *
     * @param dataset the data set's name, for example {@code fashion-mnist}
     * @param file the published file, its hash, and where it can be had
     * @return empty if nothing is known of published files here
     * @throws org.menagerie.spi.OfflineException if it would have to be fetched and the network may not be used
     * @throws org.menagerie.spi.ZooException if it cannot be fetched
     */
    Optional<Path> find(String dataset, Artifact file);

    /**
     * Another data set, for kinds that show one in another way.
     *
     * @param specification as users give it, for example {@code fashion-scenes:scenes=1000}
     * @throws DataSpecificationException if nothing is known of other data sets here, or not of this one
     * @throws org.menagerie.spi.ZooException if the data cannot be read
     */
    default Splits dataset(String specification) {
        throw new DataSpecificationException("Data set '%s' is not known here".formatted(specification));
    }

    /**
     * Is told, in one sentence, what was left out of the data or changed while it was read. Does nothing by default.
     *
     * @param remark for a person to read
     */
    default void remark(String remark) {}
}

package org.menagerie.training.data;

import java.nio.file.Path;
import java.util.Optional;

/** Finds or fetches a published data set's files; a hub that downloads is one. */
@FunctionalInterface
public interface DataFiles {
    /** Finds nothing. */
    DataFiles NONE = (dataset, file) -> Optional.empty();

    /**
     * The file on this machine, if it can be had.
     *
     * @param dataset the data set's name, for example {@code fashion-mnist}
     * @param file the file's published name, for example {@code train-images-idx3-ubyte.gz}
     */
    Optional<Path> find(String dataset, String file);
}

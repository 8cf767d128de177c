package org.menagerie.training.data;

import java.util.Optional;

/**
 * A data set, or a format of data sets, that a name opens. A plugin binds one with {@code
 * PluginBinder.on(binder()).bind(DatasetKind.class, "fashion-mnist")}.
 */
public interface DatasetKind {
    /**
     * Opens the data set.
     *
     * @param location what follows the colon in a specification such as {@code fashion-mnist:/data/fashion}; empty if
     *     there is none
     * @param files finds the data set's files where the location does not say
     * @throws DataSpecificationException if the location is not of the form that this kind takes
     * @throws org.menagerie.spi.ZooException if a file is missing or malformed
     */
    Splits open(String location, DataFiles files);

    /**
     * All examples of a location whose parts are cut by this kind and not stated by the files: what a user means who
     * measures a model on a file of their own. Empty where the files or the publisher state the parts.
     *
     * @param location as {@link #open} takes it
     * @param files as {@link #open} takes them
     * @throws org.menagerie.spi.ZooException if a file is missing or malformed
     */
    default Optional<Dataset> whole(String location, DataFiles files) {
        return Optional.empty();
    }
}

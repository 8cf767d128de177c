package org.menagerie.training.data;

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
     * @throws org.menagerie.spi.ZooException if a file is missing or malformed
     */
    Splits open(String location, DataFiles files);
}

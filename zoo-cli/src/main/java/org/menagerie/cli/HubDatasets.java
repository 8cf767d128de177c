package org.menagerie.cli;

import java.util.Optional;
import org.menagerie.hub.Hub;
import org.menagerie.hub.Zoo;
import org.menagerie.training.data.DatasetKind;
import org.menagerie.training.data.Datasets;

/** The data sets that plugins bring, with files that are not on this machine fetched and kept by the hub. */
final class HubDatasets {
    private HubDatasets() {}

    static Datasets of(Zoo zoo) {
        Hub hub = zoo.hub();
        return new Datasets(zoo.components(DatasetKind.class), (dataset, file) -> Optional.of(hub.data(dataset, file)));
    }
}

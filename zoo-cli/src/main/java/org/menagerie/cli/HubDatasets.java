package org.menagerie.cli;

import java.util.Optional;
import org.menagerie.hub.Hub;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.training.data.DatasetKind;
import org.menagerie.training.data.Datasets;
import org.menagerie.training.recipe.Recipe;

/** The data sets that plugins bring, with files that are not on this machine fetched and kept by the hub. */
final class HubDatasets {
    private HubDatasets() {}

    static Datasets of(Zoo zoo) {
        Hub hub = zoo.hub();
        return new Datasets(zoo.components(DatasetKind.class), (dataset, file) -> Optional.of(hub.data(dataset, file)));
    }

    /**
     * The data that a recipe names.
     *
     * @param subject what is trained on it; without data, the error says which there are
     */
    static String named(Zoo zoo, String subject, Recipe recipe) {
        String data = recipe.data();
        if (data == null) {
            throw new InvalidInputException("Training '%s' needs --data; data sets are %s"
                    .formatted(
                            subject,
                            zoo.components(DatasetKind.class).keySet().stream()
                                    .sorted()
                                    .toList()));
        }
        return data;
    }
}

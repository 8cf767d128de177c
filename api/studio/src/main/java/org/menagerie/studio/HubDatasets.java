package org.menagerie.studio;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.menagerie.hub.Hub;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.training.data.DataFiles;
import org.menagerie.training.data.DatasetKind;
import org.menagerie.training.data.Datasets;
import org.menagerie.training.recipe.Recipe;

/** The data sets that plugins bring, with files that are not on this machine fetched and kept by the hub. */
final class HubDatasets {
    private HubDatasets() {}

    static Datasets of(Zoo zoo, Consumer<String> remarks) {
        return new Datasets(zoo.components(DatasetKind.class), new Files(zoo.hub(), remarks));
    }

    private record Files(Hub hub, Consumer<String> remarks) implements DataFiles {
        @Override
        public Optional<Path> find(String dataset, Artifact file) {
            return Optional.of(hub.data(dataset, file));
        }

        @Override
        public void remark(String remark) {
            remarks.accept(remark);
        }
    }

    /**
     * The data that a recipe names.
     *
     * @param subject what is trained on it; without data, the error says which there are
     */
    static String named(Zoo zoo, String subject, Recipe recipe) {
        String data = recipe.data();
        if (data == null) {
            throw new UnfitOptionException(
                    "data",
                    "Training '%s' needs a data set; there are %s"
                            .formatted(
                                    subject,
                                    zoo.components(DatasetKind.class).keySet().stream()
                                            .sorted()
                                            .toList()));
        }
        return data;
    }
}

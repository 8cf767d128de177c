package org.menagerie.studio;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.menagerie.training.EpochReport;
import org.menagerie.training.data.Splits;
import org.menagerie.training.recipe.Recipe;
import org.menagerie.training.recipe.TrainingRun;

/** The result of a run: networks in its folder, with figures. {@link Studio#publish} makes a model of it. */
public final class Trained {
    private final String name;
    private final Path folder;
    private final TrainedCard.Origin origin;
    private final org.menagerie.graph.Task task;
    private final Recipe recipe;
    private final TrainingRun.Result result;
    private final Splits splits;

    Trained(
            String name,
            Path folder,
            TrainedCard.Origin origin,
            org.menagerie.graph.Task task,
            Recipe recipe,
            TrainingRun.Result result,
            Splits splits) {
        this.name = name;
        this.folder = folder;
        this.origin = origin;
        this.task = task;
        this.recipe = recipe;
        this.result = result;
        this.splits = splits;
    }

    /** The name of the model that it becomes. */
    public String name() {
        return name;
    }

    /** The run's folder, which a published model's card is in. */
    public Path folder() {
        return folder;
    }

    /** The exported networks, by artifact name. */
    public Map<String, Path> networks() {
        return result.networks();
    }

    /** Figures of the best weights on the test part, the loss first. */
    public Map<String, Double> test() {
        return result.test();
    }

    /** A report for each epoch. */
    public List<EpochReport> history() {
        return result.history();
    }

    /** An argument that stands for an input of the user's, for example {@code picture.png}. */
    public String exampleInput() {
        if (!splits.test().info().vocabulary().isEmpty()) {
            return "word";
        }
        CardInput input = CardInput.of(task, splits.test().info());
        if (input instanceof CardInput.Other) {
            return splits.test().input(0).filter(String.class::isInstance).isPresent() ? "text" : "input";
        }
        return input instanceof CardInput.Rows ? "rows.csv" : "picture.png";
    }

    TrainedCard card(List<String> command) {
        return new TrainedCard(name, origin, command, task, recipe, result, splits);
    }
}

package org.menagerie.studio;

import java.nio.file.Path;
import java.util.Map;
import org.menagerie.training.recipe.Recipe;

/**
 * Chooses what is trained from scratch, and how.
 *
 * @param name an architecture, a variant of one, or a model whose card states its architecture and recipe
 * @param recipe what differs from the card's recipe, or from the defaults
 * @param config what differs from the architecture's config, or from that of the card
 * @param run where and on what
 */
public record TrainOptions(String name, Recipe recipe, Map<String, ?> config, RunSettings run) {
    public TrainOptions {
        config = Map.copyOf(config);
    }

    /** Training with every default, on the data of the model's own recipe. */
    public static TrainOptions of(String name) {
        return new TrainOptions(name, Recipe.defaults(), Map.of(), RunSettings.defaults());
    }

    public TrainOptions withRecipe(Recipe other) {
        return new TrainOptions(name, other, config, run);
    }

    /**
     * Training by a recipe of these fields, for example {@code data} and {@code epochs}.
     *
     * @throws org.menagerie.spi.SettingException if a recipe has no such field, or not of this type
     */
    public TrainOptions withRecipe(Map<String, ?> fields) {
        return withRecipe(Recipe.of(fields));
    }

    public TrainOptions withConfig(Map<String, ?> other) {
        return new TrainOptions(name, recipe, other, run);
    }

    public TrainOptions withRun(RunSettings other) {
        return new TrainOptions(name, recipe, config, other);
    }

    public TrainOptions withFolder(Path folder) {
        return withRun(run.withFolder(folder));
    }
}

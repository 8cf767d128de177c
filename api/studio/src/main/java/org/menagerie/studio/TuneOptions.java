package org.menagerie.studio;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.transfer.BatchStatistics;
import org.menagerie.graph.transfer.ParameterChoice;
import org.menagerie.training.recipe.Recipe;

/**
 * A network that was made elsewhere, its new head, and how it is trained.
 *
 * @param source an ONNX file's path, or a model's name
 * @param artifact the network to tune, if the model has several; null for a file
 * @param recipe what differs from the defaults
 * @param head the new head
 * @param choice which parameters are trained
 * @param statistics whether those of batch normalisation are updated
 * @param size of images, for a network that takes any; null for the network's own
 * @param run where and on what
 */
public record TuneOptions(
        String source,
        @Nullable String artifact,
        Recipe recipe,
        Head head,
        ParameterChoice choice,
        BatchStatistics statistics,
        @Nullable Size size,
        RunSettings run) {
    /** The artifact of a model that has one network. */
    public static final String MODEL = "model";

    /**
     * A new last layer.
     *
     * @param classes how many it tells apart; null for as many as the data has
     * @param at the value of the network that it reads; null for its last features
     */
    public record Head(@Nullable Integer classes, @Nullable String at) {
        /** A head for the data's classes on the last features. */
        public static final Head OF_THE_DATA = new Head(null, null);
    }

    /** The size of images, in pixels. */
    public record Size(int height, int width) {}

    /** Tuning of all parameters of an ONNX file with every default. */
    public static TuneOptions ofFile(Path file, Recipe recipe) {
        return of(file.toString(), null, recipe);
    }

    /** Tuning of all parameters of a model with every default. */
    public static TuneOptions ofModel(String model, Recipe recipe) {
        return of(model, MODEL, recipe);
    }

    private static TuneOptions of(String source, @Nullable String artifact, Recipe recipe) {
        return new TuneOptions(
                source,
                artifact,
                recipe,
                Head.OF_THE_DATA,
                ParameterChoice.all(),
                BatchStatistics.FROZEN,
                null,
                RunSettings.defaults());
    }

    /** The same with another last layer. */
    public TuneOptions withHead(Head other) {
        return new TuneOptions(source, artifact, recipe, other, choice, statistics, size, run);
    }

    /** The same, in which other parameters move. */
    public TuneOptions withChoice(ParameterChoice other) {
        return new TuneOptions(source, artifact, recipe, head, other, statistics, size, run);
    }

    /** The same with images of a size, for networks that take any. */
    public TuneOptions withSize(Size other) {
        return new TuneOptions(source, artifact, recipe, head, choice, statistics, other, run);
    }

    public TuneOptions withRun(RunSettings other) {
        return new TuneOptions(source, artifact, recipe, head, choice, statistics, size, other);
    }

    /** The name of the result: the source's with {@code -tuned}. */
    public String name() {
        String file = String.valueOf(Path.of(source).getFileName()).replaceAll("\\.onnx$", "");
        return file.replaceAll("[^a-zA-Z0-9._-]", "-").toLowerCase(Locale.ROOT) + "-tuned";
    }
}

package org.menagerie.cli.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.option.SettingOption;
import org.menagerie.hub.ModelSignature;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.answer.AnswerKind;
import picocli.CommandLine.Option;

/** Options of how answers are told. Which of them fit follows from the {@link AnswerKind} of what the model answers. */
final class AnswerOptions {
    /** The picture that {@code --attention} asks for. */
    static final String ATTENTION = "attention";

    private static final int TOP_K = 5;

    @Option(
            names = "--json",
            description =
                    "Print one JSON object per input and line. Boxes, points and corners are in pixels of the picture.")
    boolean json;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            description = {
                "Classification: number of classes to answer (default: 5).",
                "Text: sample from the K most probable tokens (default: all)."
            })
    @Nullable
    Integer mostClasses;

    @Option(
            names = "--attention",
            paramLabel = "FILE",
            description = "Text: draw as a PNG what each generated token attended to.")
    @Nullable
    Path attention;

    @Option(
            names = "--draw",
            paramLabel = "FILE",
            description = "Write the picture with the answer drawn on it; for several pictures, FILE is a folder.")
    @Nullable
    Path draw;

    @Option(
            names = "--similarity",
            description = "Print the cosine similarities of the inputs' vectors instead of the vectors.")
    boolean similarity;

    /** Whether answers are printed as text and nothing is drawn. */
    boolean textAlone() {
        return !json && !similarity && attention == null && draw == null;
    }

    /** Fails if an option has a value that it cannot have. */
    void check() {
        if (mostClasses != null && mostClasses < 1) {
            throw new InvalidInputException("--top-k must be at least 1, found " + mostClasses);
        }
    }

    /** Fails if an option does not fit what a model answers. */
    void check(ModelSignature model, Optional<? extends AnswerKind<?>> kind) {
        String answers = "; model '%s' answers %s"
                .formatted(model.model(), model.output().getSimpleName());
        if (similarity && kind.flatMap(AnswerKind::vector).isEmpty()) {
            throw new InvalidInputException("--similarity compares vectors" + answers);
        }
        if (attention != null && !has(kind, ATTENTION, model)) {
            throw new InvalidInputException("--attention draws a text that the model writes" + answers);
        }
        if (draw != null && !has(kind, AnswerKind.DRAWING, model)) {
            throw new InvalidInputException("--draw cannot show what this model answers (%s to %s)"
                    .formatted(model.input().getSimpleName(), model.output().getSimpleName()));
        }
    }

    private static boolean has(Optional<? extends AnswerKind<?>> kind, String picture, ModelSignature model) {
        return kind.map(known -> known.images().get(picture))
                .filter(known -> known.input().isAssignableFrom(model.input()))
                .isPresent();
    }

    /** The most items of a ranking that are told: all where the model's own setting counts them. */
    int topK(ModelSignature model) {
        return mostClasses != null ? mostClasses : model.has("topK") ? Integer.MAX_VALUE : TOP_K;
    }

    /** Options that replace settings of the model's decoder or kind. */
    List<SettingOption> settings(ModelSignature model, Optional<? extends AnswerKind<?>> kind) {
        boolean ofAnswer = kind.filter(AnswerKind::ranked).isPresent() && !model.has("topK");
        return List.of(
                SettingOption.of("--top-k", ofAnswer ? null : mostClasses, "topK", "topTokens"),
                SettingOption.of("--attention", attention == null ? null : true, "attention"));
    }
}

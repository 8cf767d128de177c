package org.menagerie.cli;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.CategoryMask;
import ai.djl.modality.cv.output.DetectedObjects;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.menagerie.hub.TypedModel;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard;
import org.menagerie.text.generation.GeneratedTexts;
import org.menagerie.training.data.Dataset;

/** Metrics of a model on data, from inputs to answers as a user gets them. */
@FunctionalInterface
interface Evaluation {
    /** The metrics by name, the one that models are compared by first. */
    Map<String, Double> of(TypedModel<?, ?> model);

    /**
     * An evaluation of models that answer {@code output} to {@code input}.
     *
     * @param name of such models, in the plural
     */
    record Kind(String name, Class<?> input, Class<?> output, BiFunction<Dataset, ModelCard, Evaluation> create) {}

    /** All kinds. */
    List<Kind> KINDS = List.of(
            new Kind(
                    "classifiers of pictures",
                    Image.class,
                    Classifications.class,
                    (data, card) -> new ClassifierEvaluation(data, card.labels())),
            new Kind(
                    "segmenters of pictures",
                    Image.class,
                    CategoryMask.class,
                    (data, card) -> new SegmentationEvaluation(data)),
            new Kind(
                    "detectors in pictures",
                    Image.class,
                    DetectedObjects.class,
                    (data, card) -> new DetectionEvaluation(data, card.labels())),
            new Kind(
                    "writers of texts",
                    String.class,
                    GeneratedTexts.class,
                    (data, card) -> TranscriptionEvaluation.of(data)));

    /**
     * The evaluation of a model on data.
     *
     * @throws InvalidInputException if there is none for what the model answers
     */
    static Evaluation of(TypedModel<?, ?> model, Dataset data, ModelCard card) {
        return KINDS.stream()
                .filter(kind -> kind.input == model.input() && kind.output == model.output())
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("'%s' answers %s to %s; zoo eval measures %s"
                        .formatted(
                                card.name(),
                                model.output().getSimpleName(),
                                model.input().getSimpleName(),
                                KINDS.stream()
                                        .map(Kind::name)
                                        .sorted(Comparator.naturalOrder())
                                        .toList())))
                .create
                .apply(data, card);
    }
}

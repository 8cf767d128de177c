package org.menagerie.cli;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.CategoryMask;
import ai.djl.modality.cv.output.DetectedObjects;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.menagerie.hub.ModelSignature;
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
     * @param settings that such a model is loaded with in place of its card's, as far as it has them
     */
    record Kind(
            String name,
            Class<?> input,
            Class<?> output,
            Map<String, JsonNode> settings,
            BiFunction<Dataset, ModelCard, Evaluation> create) {
        private boolean measures(ModelSignature model) {
            return input == model.input() && output == model.output();
        }

        /** The settings of this kind that the model has. */
        Map<String, JsonNode> settings(ModelSignature model) {
            Map<String, JsonNode> known = new LinkedHashMap<>(settings);
            known.keySet().retainAll(model.settings());
            return known;
        }
    }

    /** All kinds. */
    List<Kind> KINDS = List.of(
            new Kind(
                    "classifiers of pictures",
                    Image.class,
                    Classifications.class,
                    Map.of(),
                    (data, card) -> new ClassifierEvaluation(data, card.labels())),
            new Kind(
                    "segmenters of pictures",
                    Image.class,
                    CategoryMask.class,
                    Map.of(),
                    (data, card) -> new SegmentationEvaluation(data)),
            new Kind(
                    "detectors in pictures",
                    Image.class,
                    DetectedObjects.class,
                    DetectionEvaluation.SETTINGS,
                    (data, card) -> new DetectionEvaluation(data, card.labels())),
            new Kind(
                    "writers of texts",
                    String.class,
                    GeneratedTexts.class,
                    Map.of(),
                    (data, card) -> TranscriptionEvaluation.of(data)));

    /**
     * The kind of evaluation that measures a model.
     *
     * @throws InvalidInputException if there is none for what the model answers
     */
    static Kind of(ModelSignature model) {
        return KINDS.stream()
                .filter(kind -> kind.measures(model))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("'%s' answers %s to %s; zoo eval measures %s"
                        .formatted(
                                model.model(),
                                model.output().getSimpleName(),
                                model.input().getSimpleName(),
                                KINDS.stream()
                                        .map(Kind::name)
                                        .sorted(Comparator.naturalOrder())
                                        .toList())));
    }
}

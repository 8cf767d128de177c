package org.menagerie.graph;

import java.util.Map;
import java.util.Optional;

/**
 * What a network is for, as the card of a trained one says it.
 *
 * @param name the Hugging Face {@code pipeline_tag}, for example {@code image-classification}
 * @param decoder the name that the decoder of its outputs is bound under, or the kind of the whole model
 * @param settings the decoder's or kind's, by field
 * @param whole whether a kind makes the whole model, which may be several networks, in place of a decoder
 * @param preprocessor what makes the network's input; empty for what fits the data, such as {@code image}, and for kinds that
 *     prepare inputs themselves
 * @param metric the name of the metric by which its models are judged, the epochs of a training among them; empty for what the
 *     network itself reports beside its loss, its {@code accuracy} first
 */
public record Task(
        String name,
        String decoder,
        Map<String, Object> settings,
        boolean whole,
        Optional<Preparation> preprocessor,
        Optional<String> metric) {
    /**
     * A preprocessor that an architecture asks for.
     *
     * @param name the name that it is bound under. For data of images, {@code image} is that one alone; any other stands around it,
     *     and its block {@code image} has the fields of that one
     * @param settings its settings, by field
     */
    public record Preparation(String name, Map<String, Object> settings) {
        public Preparation {
            settings = Map.copyOf(settings);
        }
    }

    public Task {
        settings = Map.copyOf(settings);
    }

    /** A task of one network, between a preprocessor and a decoder. */
    public Task(String name, String decoder, Map<String, Object> settings) {
        this(name, decoder, settings, false, Optional.empty(), Optional.empty());
    }

    /** A task of models that a kind makes as a whole. */
    public static Task whole(String name, String kind, Map<String, Object> settings) {
        return new Task(name, kind, settings, true, Optional.empty(), Optional.empty());
    }

    /** Telling classes apart by the scores {@code logits}, f32[N,classes]. */
    public static Task classification() {
        return new Task("image-classification", "classification", Map.of("output", "logits"));
    }

    /** The same task, whose models are judged by a metric, for example {@code mIoU}. */
    public Task judgedBy(String other) {
        return new Task(name, decoder, settings, whole, preprocessor, Optional.of(other));
    }

    /** The same task, whose images are prepared by another preprocessor than {@code image}, for example {@code image-proposals}. */
    public Task preparedBy(String other) {
        return preparedBy(other, Map.of());
    }

    /** The same task, whose inputs are prepared by a preprocessor with settings, for example {@code hashed-words}. */
    public Task preparedBy(String other, Map<String, Object> fields) {
        return new Task(name, decoder, settings, whole, Optional.of(new Preparation(other, fields)), metric);
    }
}

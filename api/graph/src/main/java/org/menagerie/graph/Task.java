package org.menagerie.graph;

import java.util.Map;

/**
 * What a network is for, as the card of a trained one says it.
 *
 * @param name the Hugging Face {@code pipeline_tag}, for example {@code image-classification}
 * @param decoder the name that the decoder of its outputs is bound under
 * @param settings the decoder's, by field
 */
public record Task(String name, String decoder, Map<String, Object> settings) {
    public Task {
        settings = Map.copyOf(settings);
    }

    /** Telling classes apart by the scores {@code logits}, f32[N,classes]. */
    public static Task classification() {
        return new Task("image-classification", "classification", Map.of("output", "logits"));
    }
}

package org.menagerie.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Describes published weights of a network, so that a card can feed the network and name its answers.
 *
 * @param preprocessor the preprocessor's name and settings, as a card states them
 * @param labels the names of the classes, in the order of the logits
 */
public record PublishedWeights(Map<String, Object> preprocessor, List<String> labels) {
    public PublishedWeights {
        preprocessor = Collections.unmodifiableMap(new LinkedHashMap<>(preprocessor));
        labels = List.copyOf(labels);
    }
}

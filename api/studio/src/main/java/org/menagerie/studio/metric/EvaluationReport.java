package org.menagerie.studio.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of an evaluation.
 *
 * @param model the model's name
 * @param data the name of the data set and its part
 * @param examples the number of examples
 * @param figures the figures by name, the one that models are compared by first
 */
public record EvaluationReport(String model, String data, int examples, Map<String, Double> figures) {
    public EvaluationReport {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
}

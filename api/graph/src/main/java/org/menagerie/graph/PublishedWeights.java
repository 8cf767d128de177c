package org.menagerie.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describes published weights of a network, so that a card can feed the network and name its answers.
 *
 * @param preprocessor the preprocessor's name and settings, as a card states them
 * @param labels the names of the classes, in the order of the logits
 * @param versions the versions that were published, the usual one first, each with the settings of the preprocessor in which it
 *     differs; empty if there is only one
 * @param formerly how older files of the same weights name their tensors: regular expressions of whole names, each with what takes
 *     their place, as {@link String#replaceAll} reads it
 */
public record PublishedWeights(
        Map<String, Object> preprocessor,
        List<String> labels,
        Map<String, Map<String, Object>> versions,
        Map<String, String> formerly) {
    public PublishedWeights {
        preprocessor = Collections.unmodifiableMap(new LinkedHashMap<>(preprocessor));
        labels = List.copyOf(labels);
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
        formerly = Collections.unmodifiableMap(new LinkedHashMap<>(formerly));
    }

    public PublishedWeights(Map<String, Object> preprocessor, List<String> labels) {
        this(preprocessor, labels, Map.of(), Map.of());
    }

    /** The same with another version after the others, fed as the first is but for some settings of the preprocessor. */
    public PublishedWeights withVersion(String name, Map<String, Object> differing) {
        Map<String, Map<String, Object>> more = new LinkedHashMap<>(versions);
        more.put(name, Map.copyOf(differing));
        return new PublishedWeights(preprocessor, labels, more, formerly);
    }

    /** The same with names of tensors that older files have. */
    public PublishedWeights withFormerNames(Map<String, String> names) {
        return new PublishedWeights(preprocessor, labels, versions, names);
    }

    /** The name that the architecture gives a tensor of a file. */
    public String renamed(String tensor) {
        for (Map.Entry<String, String> former : formerly.entrySet()) {
            if (tensor.matches(former.getKey())) {
                return tensor.replaceAll(former.getKey(), former.getValue());
            }
        }
        return tensor;
    }

    /**
     * The preprocessor of a version.
     *
     * @param version null for the usual one
     * @throws IllegalArgumentException if no such version was published; the message lists the published ones
     */
    public Map<String, Object> preprocessor(@Nullable String version) {
        if (version == null) {
            return preprocessor;
        }
        Map<String, Object> differing = versions.get(version);
        if (differing == null) {
            throw new IllegalArgumentException("There are no weights '%s'; %s"
                    .formatted(
                            version,
                            versions.isEmpty()
                                    ? "only one version was published"
                                    : "published were " + String.join(", ", versions.keySet())));
        }
        Map<String, Object> settings = new LinkedHashMap<>(preprocessor);
        settings.putAll(differing);
        return settings;
    }
}

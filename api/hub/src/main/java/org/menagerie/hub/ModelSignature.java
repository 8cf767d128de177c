package org.menagerie.hub;

import java.util.List;

/**
 * What is known of a model before it is made.
 *
 * @param model its name
 * @param input what it takes
 * @param output what it answers
 * @param component what reads its answers and holds its settings, for example {@code decoder 'classification'}
 * @param settings the names of the settings that a caller may replace, in alphabetical order
 */
public record ModelSignature(String model, Class<?> input, Class<?> output, String component, List<String> settings) {
    public ModelSignature {
        settings = settings.stream().sorted().toList();
    }

    /** True if a caller may replace this setting. */
    public boolean has(String setting) {
        return settings.contains(setting);
    }
}

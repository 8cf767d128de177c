package org.menagerie.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.menagerie.spi.InvalidInputException;

/** What tells trainings apart, and how that of a checkpoint differs from that of the training that is to resume it. */
final class Identity {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NONE = "not set";

    private Identity() {}

    /**
     * Compares a checkpoint's with a training's.
     *
     * @param found as the checkpoint has it: JSON, or in older files the text of a map
     * @throws InvalidInputException if they differ; the message names each setting that does
     */
    static void requireSame(Path file, String found, Map<String, String> identity) {
        TreeMap<String, String> wanted = new TreeMap<>(identity);
        if (found.equals(wanted.toString())) {
            return;
        }
        Map<String, String> there = flat(tree(found));
        Map<String, String> here = flat(JSON.valueToTree(wanted));
        List<String> differences = new ArrayList<>();
        TreeSet<String> settings = new TreeSet<>(there.keySet());
        settings.addAll(here.keySet());
        for (String setting : settings) {
            String before = there.getOrDefault(setting, NONE);
            String now = here.getOrDefault(setting, NONE);
            if (!before.equals(now)) {
                differences.add("%s was %s and is now %s".formatted(setting, before, now));
            }
        }
        if (!differences.isEmpty()) {
            throw new AnotherTrainingException(
                    "Checkpoint '%s' belongs to another training: %s. Resume it with its own recipe and data, or train in another folder"
                            .formatted(
                                    file,
                                    there.isEmpty()
                                            ? "it says '%s'".formatted(found)
                                            : String.join("; ", differences)));
        }
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    /** Each setting by its own name, those of a recipe too, which are JSON in a text. */
    private static Map<String, String> flat(JsonNode tree) {
        Map<String, String> flat = new TreeMap<>();
        tree.properties().forEach(field -> {
            String name = field.getKey().replaceFirst("^menagerie\\.", "").replaceFirst("^(recipe|config)$", "");
            String value = field.getValue().asText(field.getValue().toString());
            JsonNode settings = value.startsWith("{") ? tree(value) : JSON.missingNode();
            if (settings.isEmpty()) {
                flat.put(name, value);
            } else {
                String prefix = name.isEmpty() ? "" : name + ".";
                settings.properties()
                        .forEach(setting -> flat.put(
                                prefix + setting.getKey(),
                                setting.getValue().isTextual()
                                        ? setting.getValue().textValue()
                                        : setting.getValue().toString()));
            }
        });
        return flat;
    }
}

package org.menagerie.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.menagerie.spi.CardException;
import org.menagerie.spi.IdleSettings;
import org.menagerie.spi.ModelCard.Component;
import org.menagerie.spi.SettingException;
import org.menagerie.spi.settings.Suggestions;
import org.menagerie.spi.settings.TreeSettings;

/**
 * The settings of a component for one load: those of the card, of which the caller replaces some. A fault of the card is a
 * {@link CardException}, and a fault of the caller is a {@link SettingException}.
 *
 * @param signature the model and the names that its settings have
 * @param component the component as the card states it
 */
record CallSettings(ModelSignature signature, Component component) {
    /** The same without a setting that the card may state, which belongs to another record. */
    CallSettings without(String setting) {
        return new CallSettings(
                signature, new Component(component.name(), component.settings().without(setting)));
    }

    /** The settings as the component's record. */
    <S extends Record> S as(Class<S> type, Map<String, JsonNode> overrides) {
        S stated = component.settings().as(type);
        if (overrides.isEmpty()) {
            return stated;
        }
        requireKnown(overrides);
        S merged;
        try {
            merged = merged(type, overrides);
        } catch (SettingException e) {
            throw new SettingException(culprits(type, overrides), String.valueOf(e.getMessage()));
        }
        if (merged instanceof IdleSettings settings) {
            requireEffect(settings.idle(), overrides);
        }
        return merged;
    }

    private void requireKnown(Map<String, JsonNode> overrides) {
        List<String> unknown = overrides.keySet().stream()
                .filter(name -> !signature.has(name))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw new SettingException(
                    unknown,
                    "Model '%s' has no setting %s%s; its %s has %s"
                            .formatted(
                                    signature.model(),
                                    unknown.stream().map("'%s'"::formatted).collect(Collectors.joining(" and ")),
                                    unknown.size() == 1
                                            ? Suggestions.didYouMean(unknown.get(0), signature.settings())
                                            : "",
                                    signature.component(),
                                    signature.settings().isEmpty() ? "none" : String.join(", ", signature.settings())));
        }
    }

    private void requireEffect(Map<String, String> idle, Map<String, JsonNode> overrides) {
        for (String name : new TreeSet<>(overrides.keySet())) {
            String reason = idle.get(name);
            if (reason != null) {
                throw new SettingException(
                        List.of(name),
                        "Setting '%s' of model '%s' has no effect: %s".formatted(name, signature.model(), reason));
            }
        }
    }

    private <S extends Record> S merged(Class<S> type, Map<String, JsonNode> overrides) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        component.settings().tree().properties().forEach(field -> all.set(field.getKey(), field.getValue()));
        all.setAll(overrides);
        return TreeSettings.of("Settings given to model '%s'".formatted(signature.model()), all)
                .as(type);
    }

    /** The overrides that are refused on their own; all of them if only their combination is. */
    private <S extends Record> List<String> culprits(Class<S> type, Map<String, JsonNode> overrides) {
        List<String> alone = overrides.keySet().stream()
                .filter(name -> {
                    try {
                        merged(type, Map.of(name, overrides.get(name)));
                        return false;
                    } catch (SettingException e) {
                        return true;
                    }
                })
                .toList();
        return alone.isEmpty() ? List.copyOf(overrides.keySet()) : alone;
    }
}

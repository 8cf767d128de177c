package org.menagerie.explain;

import java.util.Map;
import java.util.TreeMap;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.ModelCard.Component;
import org.menagerie.spi.settings.ComponentText;
import org.menagerie.spi.settings.Suggestions;

/**
 * The methods that plugins bring.
 *
 * @param byName by their names, in alphabetical order
 */
public record ExplanationKinds(Map<String, ExplanationKind<?>> byName) {
    public ExplanationKinds {
        byName = new TreeMap<>(byName);
    }

    public static ExplanationKinds of(Zoo zoo) {
        Map<String, ExplanationKind<?>> kinds = new TreeMap<>();
        zoo.components(ExplanationKind.class).forEach((name, kind) -> kinds.put(name, kind));
        return new ExplanationKinds(kinds);
    }

    /**
     * A method with its settings, ready to use.
     *
     * @param name its name
     * @param kind what it needs
     * @param method the method
     */
    record Chosen(String name, ExplanationKind<?> kind, ExplanationMethod method) {}

    /** Reads a text such as {@code smooth-grad:samples=64}. */
    Chosen read(String text) {
        Component component = ComponentText.parse("--method", text);
        ExplanationKind<?> kind = byName.get(component.name());
        if (kind == null) {
            throw component
                    .settings()
                    .error("Unknown method '%s'%s; available are %s"
                            .formatted(
                                    component.name(),
                                    Suggestions.didYouMean(component.name(), byName.keySet()),
                                    String.join(", ", byName.keySet())));
        }
        return new Chosen(component.name(), kind, kind.create(component.settings()));
    }
}

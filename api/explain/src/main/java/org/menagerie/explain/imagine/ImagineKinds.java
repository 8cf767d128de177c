package org.menagerie.explain.imagine;

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
public record ImagineKinds(Map<String, ImagineKind<?>> byName) {
    public ImagineKinds {
        byName = new TreeMap<>(byName);
    }

    public static ImagineKinds of(Zoo zoo) {
        Map<String, ImagineKind<?>> kinds = new TreeMap<>();
        zoo.components(ImagineKind.class).forEach((name, kind) -> kinds.put(name, kind));
        return new ImagineKinds(kinds);
    }

    /** A method with its settings, ready to use. */
    record Chosen(String name, ImagineKind<?> kind, ImagineMethod method) {}

    /** Reads a text such as {@code deep-dream:octaves=3}. */
    Chosen read(String text) {
        Component component = ComponentText.parse("--method", text);
        ImagineKind<?> kind = byName.get(component.name());
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

package org.menagerie.explain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.menagerie.spi.DefaultedKind;

/**
 * A method of explanation that options can name. A plugin binds one with {@code
 * PluginBinder.on(binder()).bind(ExplanationKind.class, "saliency")}.
 *
 * @param defaults the settings where an option states none; the components of this record are the allowed fields
 * @param create makes the method from its settings
 * @param about what it does, in one sentence, with the paper
 * @param gradient false if it only runs the network, so that it works for networks that cannot be differentiated
 * @param layer true if it looks at a layer that the user may choose
 */
public record ExplanationKind<S extends Record>(
        S defaults, Function<S, ExplanationMethod> create, String about, boolean gradient, boolean layer)
        implements DefaultedKind<S, ExplanationMethod> {
    /** The kind of a method that differentiates, and whose own components are its settings. */
    public static <S extends Record & ExplanationMethod> ExplanationKind<S> of(S defaults, String about) {
        return new ExplanationKind<>(defaults, settings -> settings, about, true, false);
    }

    public ExplanationKind<S> withoutGradient() {
        return new ExplanationKind<>(defaults, create, about, false, layer);
    }

    public ExplanationKind<S> ofLayer() {
        return new ExplanationKind<>(defaults, create, about, gradient, true);
    }

    @Override
    public Map<String, String> traits() {
        Map<String, String> traits = new LinkedHashMap<>();
        traits.put("about", about);
        traits.put("gradient", gradient ? "yes" : "not needed");
        traits.put("layer", layer ? "--layer, else the last map" : "none");
        return traits;
    }
}

package org.menagerie.explain.imagine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.menagerie.spi.DefaultedKind;

/**
 * A method that makes pictures. A plugin binds one with {@code
 * PluginBinder.on(binder()).bind(ImagineKind.class, "deep-dream")}.
 *
 * @param defaults the settings where an option states none; the components of this record are the allowed fields
 * @param create makes the method from its settings
 * @param about what it does, in one sentence, with the paper
 * @param pictures how many pictures it begins with
 * @param target true if it needs a target
 */
public record ImagineKind<S extends Record>(
        S defaults, Function<S, ImagineMethod> create, String about, int pictures, boolean target)
        implements DefaultedKind<S, ImagineMethod> {
    /** The kind of a method whose own components are its settings. */
    public static <S extends Record & ImagineMethod> ImagineKind<S> of(S defaults, String about) {
        return new ImagineKind<>(defaults, settings -> settings, about, 0, false);
    }

    public ImagineKind<S> ofPictures(int count) {
        return new ImagineKind<>(defaults, create, about, count, target);
    }

    public ImagineKind<S> ofTarget() {
        return new ImagineKind<>(defaults, create, about, pictures, true);
    }

    @Override
    public Map<String, String> traits() {
        Map<String, String> traits = new LinkedHashMap<>();
        traits.put("about", about);
        traits.put("pictures", Integer.toString(pictures));
        traits.put("target", target ? "--target" : "none");
        return traits;
    }
}

package org.menagerie.training.data;

import java.util.function.Function;
import org.menagerie.spi.DefaultedKind;

/**
 * An augmentation that recipes can name. A plugin binds one with {@code
 * PluginBinder.on(binder()).bind(TransformKind.class, "flip")}.
 *
 * @param defaults the settings where a recipe states none; the components of this record are the allowed fields
 * @param create makes the transform from its settings
 */
public record TransformKind<S extends Record>(S defaults, Function<S, Transform> create)
        implements DefaultedKind<S, Transform> {
    /** The kind of a transform whose own components are its settings. */
    public static <S extends Record & Transform> TransformKind<S> of(S defaults) {
        return new TransformKind<>(defaults, settings -> settings);
    }
}

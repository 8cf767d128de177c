package org.menagerie.training.data;

import java.util.function.Function;
import org.menagerie.spi.Configurable;
import org.menagerie.spi.Settings;

/**
 * An augmentation that recipes can name. A plugin binds one with {@code
 * PluginBinder.on(binder()).bind(TransformKind.class, "flip")}.
 *
 * @param defaults the settings where a recipe states none; the components of this record are the allowed fields
 * @param create makes the transform from its settings
 */
public record TransformKind<S extends Record>(S defaults, Function<S, Transform> create) implements Configurable {
    /** The kind of a transform whose own components are its settings. */
    public static <S extends Record & Transform> TransformKind<S> of(S defaults) {
        return new TransformKind<>(defaults, settings -> settings);
    }

    /**
     * The transform with some settings in place of the defaults.
     *
     * @throws org.menagerie.spi.ZooException if a setting is unknown or out of range
     */
    public Transform create(Settings settings) {
        return create.apply(settings.over(defaults));
    }

    @Override
    @SuppressWarnings("unchecked") // the class of a record is final
    public Class<S> settings() {
        return (Class<S>) defaults.getClass();
    }
}

package org.menagerie.spi;

import java.util.function.Function;

/**
 * A look at inputs that the setting {@code tta} can name. A plugin binds one with {@code
 * PluginBinder.on(binder()).bind(LookKind.class, "flip")}.
 *
 * @param input the input type of the models that it fits
 * @param defaults the settings where none are stated; the components of this record are the allowed fields
 * @param create makes the look from its settings
 */
public record LookKind<I, S extends Record>(Class<I> input, S defaults, Function<S, Look<I>> create)
        implements DefaultedKind<S, Look<I>> {}

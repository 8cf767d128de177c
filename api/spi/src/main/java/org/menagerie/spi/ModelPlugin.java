package org.menagerie.spi;

import com.google.inject.Module;

/**
 * A jar's contribution to the zoo: a Guice module of a few bind lines, found by {@link java.util.ServiceLoader}.
 *
 * <p>Its {@code configure} method binds architectures, preprocessors, decoders and model kinds by name through
 * {@link PluginBinder}, without logic and without I/O. Cards lie beside it as resources under {@code
 * META-INF/menagerie/cards/}, listed one file name a line in {@code META-INF/menagerie/cards/index}.
 */
public interface ModelPlugin extends Module {
    PluginInfo info();
}

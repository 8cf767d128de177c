package org.menagerie.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Sees the jars in {@code ZOO_HOME/plugins} beside what a program's class loader sees, which goes first. What lies there
 * runs with the program's rights, like any jar on its class path.
 */
final class PluginFolder extends URLClassLoader {
    static final String FOLDER = "plugins";

    private PluginFolder(URL[] jars, ClassLoader parent) {
        super("plugins", jars, parent);
    }

    /** The class loader over a home's plugins; the parent itself if there are none. */
    static ClassLoader over(Path home, ClassLoader parent) {
        Path folder = home.resolve(FOLDER);
        if (parent instanceof PluginFolder || !Files.isDirectory(folder)) {
            return parent;
        }
        try (Stream<Path> files = Files.list(folder)) {
            URL[] jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(PluginFolder::url)
                    .toArray(URL[]::new);
            return jars.length == 0 ? parent : new PluginFolder(jars, parent);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be listed", e);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(jar + " has no URL", e);
        }
    }
}

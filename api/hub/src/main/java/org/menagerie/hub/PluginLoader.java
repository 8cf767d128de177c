package org.menagerie.hub;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one plugin. Those of the api, and of the libraries whose types the api uses, come from the program; any other
 * class comes from the plugin's own jars if they have it, else from the program.
 */
final class PluginLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    /** What program and plugins must agree on. */
    private static final List<String> SHARED = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "jakarta.inject.",
            "com.google.inject.",
            "com.fasterxml.jackson.",
            "ai.djl.",
            "ai.onnxruntime.",
            "org.slf4j.",
            "org.jspecify.",
            "com.sun.jna.",
            "picocli.");

    /** Everything of Menagerie but its plugins, which a plugin folder may hold in another version. */
    private static final String MENAGERIE = "org.menagerie.";

    private static final String MENAGERIE_PLUGINS = "org.menagerie.plugin.";

    private final Path place;

    PluginLoader(Path place, URL[] jars, ClassLoader parent) {
        super("plugin " + place.getFileName(), jars, parent);
        this.place = place;
    }

    /** The jar or the folder. */
    Path place() {
        return place;
    }

    /** Whether a class is in the plugin's own jars. */
    boolean holds(String name) {
        return findResource(name.replace('.', '/') + ".class") != null;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (isShared(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                if (!holds(name)) {
                    return super.loadClass(name, resolve);
                }
                loaded = findClass(name);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    /** The plugin's own first, as for classes. */
    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    private static boolean isShared(String name) {
        return (name.startsWith(MENAGERIE) && !name.startsWith(MENAGERIE_PLUGINS))
                || SHARED.stream().anyMatch(name::startsWith);
    }
}

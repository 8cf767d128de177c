package org.menagerie.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.ModelPlugin;

/**
 * Sees what lies in {@code ZOO_HOME/plugins} beside what a program's class loader sees, which goes first. What lies there
 * runs with the program's rights, like any jar on its class path.
 *
 * <p>Each plugin has a {@link PluginLoader} of its own, so that two plugins may bring different versions of a library. A jar
 * with a services file is a plugin; so is a folder of jars. A jar without one is a library that all plugins see.
 */
final class PluginFolder extends ClassLoader implements AutoCloseable {
    static final String FOLDER = "plugins";
    private static final String SERVICES = "META-INF/services/" + ModelPlugin.class.getName();
    private static final String CARDS = "META-INF/menagerie/cards/index";

    private final List<PluginLoader> loaders;

    private PluginFolder(List<PluginLoader> loaders, ClassLoader parent) {
        super("plugins", parent);
        this.loaders = List.copyOf(loaders);
    }

    /** The class loader over a home's plugins; the parent itself if there are none. */
    static ClassLoader over(Path home, ClassLoader parent) {
        Path folder = home.resolve(FOLDER);
        if (parent instanceof PluginFolder || !Files.isDirectory(folder)) {
            return parent;
        }
        try {
            List<PluginLoader> loaders = loaders(folder, parent);
            return loaders.isEmpty() ? parent : new PluginFolder(loaders, parent);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be listed", e);
        }
    }

    private static List<PluginLoader> loaders(Path folder, ClassLoader parent) throws IOException {
        List<Path> plugins = new ArrayList<>();
        List<Path> libraries = new ArrayList<>();
        for (Path jar : jars(folder)) {
            (isPlugin(jar) ? plugins : libraries).add(jar);
        }
        List<PluginLoader> loaders = new ArrayList<>();
        for (Path plugin : plugins) {
            List<Path> sees = new ArrayList<>(List.of(plugin));
            sees.addAll(libraries);
            loaders.add(new PluginLoader(plugin, urls(sees), parent));
        }
        try (Stream<Path> folders = Files.list(folder)) {
            for (Path plugin : folders.filter(Files::isDirectory).sorted().toList()) {
                List<Path> sees = new ArrayList<>(jars(plugin));
                sees.addAll(libraries);
                loaders.add(new PluginLoader(plugin, urls(sees), parent));
            }
        }
        return loaders;
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    /** A damaged jar counts as a plugin, whose services then cannot be read. */
    private static boolean isPlugin(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.getEntry(SERVICES) != null || jar.getEntry(CARDS) != null;
        } catch (IOException e) {
            return true;
        }
    }

    private static URL[] urls(List<Path> jars) throws MalformedURLException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        return urls;
    }

    /** The plugins' class loaders, in the order of their names. */
    List<PluginLoader> loaders() {
        return loaders;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        for (PluginLoader loader : loaders) {
            if (loader.holds(name)) {
                return loader.loadClass(name);
            }
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        for (PluginLoader loader : loaders) {
            URL found = loader.findResource(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        List<URL> found = new ArrayList<>();
        for (PluginLoader loader : loaders) {
            found.addAll(Collections.list(loader.findResources(name)));
        }
        return Collections.enumeration(found);
    }

    @Override
    public void close() throws IOException {
        for (PluginLoader loader : loaders) {
            loader.close();
        }
    }
}

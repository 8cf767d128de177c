package org.menagerie.hub;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.menagerie.spi.ModelPlugin;

/**
 * Finds what was lost when a host's jars were merged into one without merging the files of the same name: of several services
 * files and several indexes of cards one is left, and the other plugins and cards would vanish without a word.
 */
final class FatJar {
    private static final String SERVICES = "META-INF/services/" + ModelPlugin.class.getName();
    private static final String CARDS = "META-INF/menagerie/cards/";
    private static final String REMEDY =
            "merge the files %s and %sindex when the jar is made (with Maven Shade, ServicesResourceTransformer and AppendingTransformer; the hub's page shows them)"
                    .formatted(SERVICES, CARDS);

    private FatJar() {}

    /**
     * What the jar that holds this class lost, a sentence each; none if it is not a merged jar.
     *
     * @param listed the classes of the plugins that services files name
     */
    static List<String> losses(Set<String> listed) {
        CodeSource hub = FatJar.class.getProtectionDomain().getCodeSource();
        CodeSource spi = ModelPlugin.class.getProtectionDomain().getCodeSource();
        if (hub == null
                || spi == null
                || hub.getLocation() == null
                || !hub.getLocation().equals(spi.getLocation())) {
            return List.of();
        }
        try {
            File file = new File(hub.getLocation().toURI());
            return file.isFile() ? losses(file, listed, FatJar.class.getClassLoader()) : List.of();
        } catch (IOException | URISyntaxException | IllegalArgumentException e) {
            return List.of();
        }
    }

    /** Plugins whose class names end in {@code Plugin}, as all do that follow the guide, and cards. */
    static List<String> losses(File file, Set<String> listed, ClassLoader loader) throws IOException {
        List<String> losses = new ArrayList<>();
        List<String> cards = new ArrayList<>();
        try (JarFile jar = new JarFile(file)) {
            for (JarEntry entry : jar.stream().toList()) {
                String name = entry.getName();
                if (name.endsWith("Plugin.class") && !name.startsWith("META-INF/")) {
                    String type =
                            name.substring(0, name.length() - ".class".length()).replace('/', '.');
                    if (!listed.contains(type) && isPlugin(type, loader)) {
                        losses.add(
                                "Plugin %s is in %s, but no services file names it; %s".formatted(type, file, REMEDY));
                    }
                } else if (name.startsWith(CARDS) && name.endsWith(".md")) {
                    cards.add(name.substring(CARDS.length()));
                }
            }
            cards.removeAll(index(jar));
        }
        if (!cards.isEmpty()) {
            losses.add("The cards %s are in %s, but no index names them; %s"
                    .formatted(String.join(", ", cards), file, REMEDY));
        }
        return losses;
    }

    private static Set<String> index(JarFile jar) throws IOException {
        JarEntry entry = jar.getJarEntry(CARDS + "index");
        if (entry == null) {
            return Set.of();
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .collect(Collectors.toSet());
        }
    }

    private static boolean isPlugin(String name, ClassLoader loader) {
        try {
            Class<?> type = Class.forName(name, false, loader);
            return ModelPlugin.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}

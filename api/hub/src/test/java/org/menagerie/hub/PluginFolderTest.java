package org.menagerie.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Binder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Plugins as jars in a home's folder: libraries in conflict, services files that were lost, modules that are missing. */
class PluginFolderTest {
    private static final String SERVICES = "META-INF/services/" + ModelPlugin.class.getName();

    @TempDir
    Path temp;

    private Path plugins = Path.of("");

    @BeforeEach
    void folder() throws IOException {
        plugins = Files.createDirectories(temp.resolve("home").resolve(PluginFolder.FOLDER));
    }

    /** A plugin that says in its description which version of a library it sees. */
    private static String plugin(String name) {
        return """
                package org.example.%1$s;
                public final class %1$sPlugin implements org.menagerie.spi.ModelPlugin {
                    public org.menagerie.spi.PluginInfo info() {
                        return new org.menagerie.spi.PluginInfo("%1$s", org.example.library.Version.text());
                    }
                    public void configure(com.google.inject.Binder binder) {}
                }
                """.formatted(name);
    }

    private static String library(String version) {
        return "package org.example.library; public final class Version { public static String text() { return \"%s\"; } }"
                .formatted(version);
    }

    private Map<String, byte[]> classes(String... sources) throws IOException {
        Path out = Files.createTempDirectory(temp, "classes");
        List<SimpleJavaFileObject> files = new ArrayList<>();
        for (int i = 0; i < sources.length; i++) {
            String source = sources[i];
            String name = source.replaceAll("(?s).*?class (\\w+).*", "$1");
            files.add(
                    new SimpleJavaFileObject(
                            URI.create("string:///" + name + ".java"), SimpleJavaFileObject.Kind.SOURCE) {
                        @Override
                        public CharSequence getCharContent(boolean ignore) {
                            return source;
                        }
                    });
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options =
                List.of("-d", out.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
        assertThat(compiler.getTask(null, null, null, options, null, files).call())
                .isTrue();
        Map<String, byte[]> classes = new LinkedHashMap<>();
        try (var found = Files.walk(out)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                classes.put(out.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return classes;
    }

    private static void jar(Path file, Map<String, byte[]> entries, String... services) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            Map<String, byte[]> all = new LinkedHashMap<>(entries);
            if (services.length > 0) {
                all.put(SERVICES, String.join("\n", services).getBytes(StandardCharsets.UTF_8));
            }
            for (Map.Entry<String, byte[]> entry : all.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        }
    }

    private ZooOptions options() {
        return ZooOptions.defaults()
                .withHome(temp.resolve("home"))
                .withClassLoader(PluginFolderTest.class.getClassLoader());
    }

    @Test
    void librariesInConflictDoNotBreakEachOther() throws IOException {
        jar(plugins.resolve("first.jar"), classes(plugin("first"), library("1.0")), "org.example.first.firstPlugin");
        jar(
                plugins.resolve("second.jar"),
                classes(plugin("second"), library("2.0")),
                "org.example.second.secondPlugin");
        // A third as a folder of jars, whose library lies beside it.
        Map<String, byte[]> third = classes(plugin("third"), library("3.0"));
        byte[] version = third.remove("org/example/library/Version.class");
        jar(plugins.resolve("third/plugin.jar"), third, "org.example.third.thirdPlugin");
        jar(plugins.resolve("third/library.jar"), Map.of("org/example/library/Version.class", version));
        Zoo zoo = Zoo.open(options());
        assertThat(zoo.plugins()).extracting(PluginInfo::description).contains("1.0", "2.0", "3.0");
        assertThat(zoo.pluginFailures()).isEmpty();
        ClassLoader loader = zoo.hub().options().classLoader();
        zoo.close();
        assertThatThrownBy(
                        () -> ((PluginFolder) loader).loaders().get(0).loadClass("org.example.library.NotAskedForYet"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(loader.getResource("org/example/library/Version.class")).isNull();
    }

    /** A plugin of the program is not lost to a jar that takes one of its names, whichever comes first in the alphabet. */
    @Test
    void whoTakesANameOfTheProgramsIsLeftOut() throws IOException {
        String intruder = """
                package org.example.intruder;
                public final class IntruderPlugin implements org.menagerie.spi.ModelPlugin {
                    record None() {}
                    public org.menagerie.spi.PluginInfo info() {
                        return new org.menagerie.spi.PluginInfo("aaa", "Takes a name.");
                    }
                    public void configure(com.google.inject.Binder binder) {
                        org.menagerie.spi.PluginBinder.on(binder).preprocessor("number",
                                new org.menagerie.spi.PreprocessorKind<Double, None>(Double.class, None.class, none -> null));
                    }
                }
                """;
        jar(plugins.resolve("aaa.jar"), classes(intruder), "org.example.intruder.IntruderPlugin");
        ClassLoader program =
                TestPlugins.classLoader(temp.resolve("program"), List.of(TestPlugins.Numbers.class.getName()));
        try (Zoo zoo = Zoo.open(options().withClassLoader(program))) {
            assertThat(zoo.plugins())
                    .extracting(PluginInfo::name)
                    .contains("numbers")
                    .doesNotContain("aaa");
            assertThat(zoo.pluginFailures()).singleElement().asString().contains("aaa", "number");
        }
    }

    @Test
    void aLibraryBesideThePluginsIsSeenByAll() throws IOException {
        Map<String, byte[]> first = classes(plugin("first"), library("shared"));
        byte[] version = first.remove("org/example/library/Version.class");
        jar(plugins.resolve("first.jar"), first, "org.example.first.firstPlugin");
        jar(plugins.resolve("library.jar"), Map.of("org/example/library/Version.class", version));
        try (Zoo zoo = Zoo.open(options())) {
            assertThat(zoo.plugins()).extracting(PluginInfo::description).contains("shared");
        }
    }

    @Test
    void whatAMergedJarLostIsReported() throws IOException {
        Map<String, byte[]> all = classes(plugin("first"), plugin("second"), library("1.0"));
        all.put("META-INF/menagerie/cards/index", "kept.md\n".getBytes(StandardCharsets.UTF_8));
        all.put("META-INF/menagerie/cards/kept.md", new byte[0]);
        all.put("META-INF/menagerie/cards/lost.md", new byte[0]);
        Path fat = temp.resolve("fat.jar");
        jar(fat, all, "org.example.first.firstPlugin");
        try (var loader = new java.net.URLClassLoader(
                new java.net.URL[] {fat.toUri().toURL()}, PluginFolderTest.class.getClassLoader())) {
            List<String> losses = FatJar.losses(fat.toFile(), Set.of("org.example.first.firstPlugin"), loader);
            assertThat(losses).hasSize(2);
            assertThat(losses.get(0))
                    .startsWith("Plugin org.example.second.secondPlugin is in")
                    .contains("ServicesResourceTransformer");
            assertThat(losses.get(1)).startsWith("The cards lost.md are in").contains("AppendingTransformer");
            assertThat(FatJar.losses(
                            fat.toFile(),
                            Set.of("org.example.first.firstPlugin", "org.example.second.secondPlugin"),
                            loader))
                    .hasSize(1);
        }
        assertThat(FatJar.losses(Set.of())).isEmpty();
    }

    /** Binds what needs training, which the hub's class path does not have, before and after what does not. */
    public static final class Trainable implements ModelPlugin {
        @Override
        public PluginInfo info() {
            return new PluginInfo("trainable", "Binds more than a host can use.");
        }

        @Override
        public void configure(Binder binder) {
            PluginBinder.on(binder)
                    .optional(parts -> missing("org/menagerie/training/Objective"))
                    .bind(Runnable.class, "kept")
                    .toInstance(() -> {});
            missing("org/menagerie/training/data/DatasetKind");
        }

        private static void missing(String type) {
            throw new NoClassDefFoundError(type);
        }
    }

    @Test
    void aPluginWorksWithoutWhatNeedsAMissingModule() throws IOException {
        try (Zoo zoo = Zoo.open(
                options().withClassLoader(TestPlugins.classLoader(temp, List.of(Trainable.class.getName()))))) {
            assertThat(zoo.plugins()).extracting(PluginInfo::name).contains("trainable");
            assertThat(zoo.components(Runnable.class)).containsOnlyKeys("kept");
            assertThat(zoo.pluginFailures()).isEmpty();
            assertThat(zoo.leftOut())
                    .containsExactly(
                            "Plugin trainable works without what needs org.menagerie.training.data.DatasetKind,"
                                    + " which this program does not have");
        }
    }
}

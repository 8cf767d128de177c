package org.menagerie.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.menagerie.runtime.TinyModel.named;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/** The first load of the native library, where something is in its way. */
@Timeout(120)
class FirstLoadTest {
    @TempDir
    Path folder;

    /** Loads once, mends what the arguments say was in the way, and loads again. */
    static final class Program {
        public static void main(String[] arguments) throws Exception {
            Path obstacle = Path.of(arguments[0]);
            try {
                answer();
                System.out.println("no failure");
            } catch (ZooException e) {
                System.out.println(e.getMessage());
            }
            Files.delete(obstacle);
            if (arguments.length > 1) {
                Files.createDirectories(obstacle);
            }
            System.out.println(answer());
            System.out.println(Providers.report().telemetry().off());
        }

        private static float answer() {
            try (OnnxSession session = OnnxSession.open(TinyModel.doubling(), SessionOptions.defaults())) {
                return named("y", session.run(Map.of("x", Tensor.of(new float[] {1, 2, 3}, 1, 3))))
                        .toFloatArray()[2];
            }
        }
    }

    @Test
    void aCacheFolderThatCannotBeMadeCanBeMended() throws Exception {
        Path zoo = Files.createFile(folder.resolve("zoo"));
        ChildJvm.Result result =
                ChildJvm.start(zoo, List.of(), Program.class, zoo.toString()).await();
        assertThat(result.out().get(0)).contains("cannot be unpacked into").contains("ZOO_HOME");
        assertThat(result.out()).endsWith("6.0", "true");
    }

    @Test
    void aTemporaryFolderThatIsMissingCanBeMended() throws Exception {
        Path temporary = Files.createFile(folder.resolve("tmp"));
        ChildJvm.Result result = ChildJvm.start(
                        folder.resolve("zoo"),
                        List.of("-Djava.io.tmpdir=" + temporary),
                        Program.class,
                        temporary.toString(),
                        "folder")
                .await();
        assertThat(result.out().get(0)).contains("temporary folder").contains("-Djava.io.tmpdir");
        assertThat(result.out()).endsWith("6.0", "true");
    }

    @Test
    void aLibraryThatDoesNotOpenCanBeMended() throws Exception {
        ChildJvm.Result good = ChildJvm.start(
                        folder,
                        List.of(),
                        Program.class,
                        Files.createFile(folder.resolve("x")).toString())
                .await();
        assertThat(good.out()).startsWith("no failure");
        Path library;
        try (var files = Files.walk(folder)) {
            library = files.filter(file -> file.endsWith(System.mapLibraryName("onnxruntime")))
                    .findFirst()
                    .orElseThrow();
        }
        FileTime time = Files.getLastModifiedTime(library);
        Files.write(library, new byte[(int) Files.size(library)]);
        Files.setLastModifiedTime(library, time); // as it was, like the size, so that only opening it shows the damage
        ChildJvm.Result result = ChildJvm.start(folder, List.of(), Program.class, library.toString())
                .await();
        assertThat(result.out().get(0)).contains(library.toString()).contains("cannot be loaded");
        assertThat(result.out()).endsWith("6.0", "true");
    }

    @Test
    void withoutOnnxRuntimeTheFirstLoadSaysWhichLineToAdd() throws Exception {
        List<URL> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!new File(entry).getName().startsWith("onnxruntime")) {
                jars.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader without =
                new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> options = without.loadClass(SessionOptions.class.getName());
            Object defaults = options.getMethod("defaults").invoke(null);
            Method open = without.loadClass(OnnxSession.class.getName()).getMethod("open", byte[].class, options);
            Method report = without.loadClass(Providers.class.getName()).getMethod("report");
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> open.invoke(null, TinyModel.doubling(), defaults))
                        .isInstanceOf(InvocationTargetException.class)
                        .cause()
                        .hasMessageContaining("add the dependency org.menagerie:menagerie-cpu");
                assertThatThrownBy(() -> report.invoke(null))
                        .isInstanceOf(InvocationTargetException.class)
                        .cause()
                        .hasMessageContaining("add the dependency org.menagerie:menagerie-cpu");
            }
        }
    }
}

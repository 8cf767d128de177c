package org.menagerie.host.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.Fixtures;

/** The program on the studio's page, compiled and run in a process of its own, on the small subset and for two epochs. */
class StudioHostTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Path README = Path.of("../../api/studio/README.md");

    private static final String PROGRAM = """
            import ai.djl.modality.Classifications;
            import ai.djl.modality.cv.Image;
            import java.nio.file.Path;
            import java.util.List;
            import java.util.Map;
            import org.menagerie.hub.*;
            import org.menagerie.studio.*;
            import org.menagerie.studio.metric.EvaluateOptions;
            import org.menagerie.vision.ImageReader;

            public class Program {
                public static void main(String[] arguments) throws Exception {
            %s
                }
            }
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    void tenLinesTrainPublishMeasureAndPredict() throws IOException, InterruptedException {
        Matcher page = JAVA.matcher(Files.readString(README));
        assertThat(page.find()).isTrue();
        Fixtures.copy("images/ankle-boot.png", folder);
        String data = "idx:" + Fixtures.copyFashionSubset(Files.createDirectories(folder.resolve("data")));
        String body = page.group(1);
        assertThat(body.lines().filter(line -> line.endsWith(";")).count()).isLessThanOrEqualTo(10);
        String small = body.replace("\"fashion-mnist\", \"epochs\", 5", "\"%s\", \"epochs\", 2".formatted(data));
        assertThat(small).isNotEqualTo(body);
        Path source = Files.writeString(folder.resolve("Program.java"), PROGRAM.formatted(small));
        compile(source);

        String output = run();

        assertThat(output).contains("accuracy=");
        double accuracy = Double.parseDouble(output.replaceAll("(?s).*accuracy=([0-9.]+).*", "$1"));
        assertThat(accuracy).isGreaterThan(0.5);
        assertThat(output.lines().reduce("", (first, last) -> last)).contains("class");
        assertThat(folder.resolve("runs/lenet/lenet.md")).content().contains("Trained by Menagerie.");
    }

    private void compile(Path source) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK");
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            boolean compiled = compiler.getTask(
                            null,
                            files,
                            found,
                            List.of(
                                    "-d",
                                    folder.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "-proc:none"),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled)
                    .as(() -> found.getDiagnostics().stream()
                            .map(Diagnostic::toString)
                            .toList()
                            .toString())
                    .isTrue();
        }
    }

    private String run() throws IOException, InterruptedException {
        Path log = folder.resolve("log.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder + java.io.File.pathSeparator + System.getProperty("java.class.path"),
                        "Program")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("ZOO_HOME", folder.resolve("home").toString());
        builder.environment().put("ZOO_OFFLINE", "1");
        int exitCode = builder.start().waitFor();
        String output = Files.readString(log);
        assertThat(exitCode).as(output).isZero();
        return output;
    }
}

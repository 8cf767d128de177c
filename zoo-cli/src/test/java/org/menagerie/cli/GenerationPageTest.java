package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the Java of {@code docs/generation.md}. */
class GenerationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "generation.md");

    @TempDir
    Path folder = Path.of("");

    @Test
    void theJavaOfThePageWritesWhileItGenerates() throws Exception {
        Matcher java = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(java.find()).isTrue();
        assertThat(java.group(1)).hasLineCount(9);
        Path source = Files.writeString(folder.resolve("Page.java"), """
                import com.fasterxml.jackson.databind.node.IntNode;
                import java.util.Map;
                import java.util.stream.Stream;
                import org.menagerie.hub.TypedModel;
                import org.menagerie.hub.Zoo;
                import org.menagerie.text.generation.*;

                public class Page {
                    public static void main(String[] arguments) {
                %s
                    }
                }
                """.formatted(java.group(1)));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(failed).isZero();
        PrintStream before = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
            loader.loadClass("Page").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        assertThat(written.toString(StandardCharsets.UTF_8))
                .startsWith("M EH N AH JH ER IY\nM EH N AH JH ER IY has log probability -0.99")
                .endsWith("\nZ\nUW\n");
    }
}

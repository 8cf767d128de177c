package org.menagerie.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.graph.GraphException;

/** ONNX's own checker, of Debian's package {@code python3-onnx}, accepts what we write. */
class CheckerTest {
    private static final String CHECK = """
            import glob, onnx, sys
            for name in sorted(glob.glob(sys.argv[1] + '/*.onnx')):
                try:
                    onnx.checker.check_model(onnx.load(name))
                except Exception as e:
                    print(name, e)
            print('checked')
            """;

    /** The checker wants a declared type of every output; a sequence, which is its output, is not typed here. */
    private static final String SEQUENCE = "test_if_seq";

    @TempDir
    Path folder;

    @Test
    void acceptsEveryRewrittenVector() throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(NodeVectors.FOLDER), "Debian package libonnx-testdata is not installed");
        assumeTrue(python("import onnx.checker\nprint('here')").contains("here"), "python3-onnx is not installed");
        for (Path vector : NodeVectors.all()) {
            String name = vector.getFileName().toString();
            if (!name.equals(SEQUENCE)) {
                rewrite(vector, folder.resolve(name + ".onnx"));
            }
        }
        assertThat(python(CHECK).strip()).isEqualTo("checked");
    }

    private static void rewrite(Path vector, Path to) throws IOException {
        try {
            Files.write(to, Runs.rewritten(NodeVectors.model(vector)));
        } catch (GraphException e) {
            assertThat(e.getMessage()).as("a refusal says why").isNotBlank();
        }
    }

    private String python(String program) throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of("/usr/bin/python3"))) {
            return "";
        }
        Process process = new ProcessBuilder("/usr/bin/python3", "-c", program, folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}

package org.menagerie.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.menagerie.runtime.TinyModel.named;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.spi.Tensor;

/** What a program that runs a graph leaves behind, in an environment without {@code CI}, which would keep it quiet. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class TelemetryTest {
    @TempDir
    Path folder;

    static final class Program {
        public static void main(String[] arguments) {
            try (OnnxSession session = OnnxSession.open(TinyModel.doubling(), SessionOptions.defaults())) {
                Tensor x = Tensor.of(new float[] {1, 2, 3}, 1, 3);
                System.out.println(named("y", session.run(Map.of("x", x))).toFloatArray()[2]);
            }
            System.out.println(Providers.report().telemetry().reason());
        }
    }

    @Test
    void nothingIsWrittenOutsideZooHome() throws Exception {
        ChildJvm.Result result = run(Map.of());
        assertThat(result.out()).containsExactly("6.0", "off, by ORT_DISABLE_TELEMETRY set in this process");
        assertThat(outside()).isEmpty();
        assertThat(folder.resolve("zoo/native")).isDirectory();
    }

    @ParameterizedTest
    @CsvSource({"1, false", "true, false", "'', false", "yes, false", "0, true", "False, true", "' no ', true"})
    void aUsersChoiceIsRespected(String value, boolean collected) throws Exception {
        ChildJvm.Result result = run(Map.of("ORT_DISABLE_TELEMETRY", value));
        assertThat(result.out()).startsWith("6.0");
        assertThat(outside().stream().anyMatch(file -> file.endsWith("deviceid")))
                .isEqualTo(collected);
        assertThat(outside().isEmpty()).isEqualTo(!collected);
    }

    private ChildJvm.Result run(Map<String, String> more) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "HOME", made("home"), "XDG_CACHE_HOME", made("cache"), "TMPDIR", made("tmp"), "ZOO_HOME", made("zoo")));
        environment.putAll(more);
        ChildJvm.Result result = ChildJvm.start(
                        environment,
                        List.of("-Duser.home=" + made("home"), "-Djava.io.tmpdir=" + made("tmp")),
                        Program.class)
                .await();
        assertThat(result.exitCode()).isZero();
        return result;
    }

    private String made(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name)).toString();
    }

    private List<Path> outside() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(folder.resolve("zoo")))
                    .toList();
        }
    }
}

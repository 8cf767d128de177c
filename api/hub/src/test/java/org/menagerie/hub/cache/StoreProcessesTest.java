package org.menagerie.hub.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.hub.cache.MisbehavingServer.Habit;
import org.menagerie.hub.cache.Store.Condition;
import org.menagerie.spi.ModelCard.Artifact;

/** Many processes and killed ones. Takes minutes; {@code -Dmenagerie.processes=true} in {@code surefire.argLine} runs it. */
@EnabledIfSystemProperty(named = "menagerie.processes", matches = "true", disabledReason = "starts many processes")
class StoreProcessesTest {
    @TempDir
    Path home;

    private static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static Artifact artifact(byte[] content, String source) {
        return new Artifact("model", "model.onnx", content.length, Sha256.of(content), List.of(source));
    }

    private Process start(Artifact artifact) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreProcess.class.getName(),
                        home.toString(),
                        artifact.sources().get(0),
                        Long.toString(artifact.size()),
                        artifact.sha256())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output.log").toFile())
                .start();
    }

    @Test
    void sixteenProcessesAndOneDownload() throws Exception {
        byte[] content = content(90_000_000);
        try (MisbehavingServer server = new MisbehavingServer(content, Set.of(), 1)) {
            Artifact artifact = artifact(content, server.url());
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                processes.add(start(artifact));
            }
            for (Process process : processes) {
                assertThat(process.waitFor())
                        .as(Files.readString(home.resolve("output.log")))
                        .isZero();
            }
            assertThat(server.wholeDownloads()).isEqualTo(1);
            assertThat(new Store(home).check(artifact)).isEqualTo(Condition.WHOLE);
        }
    }

    @Test
    void killedAtFiftyMomentsAndResumed() throws Exception {
        Random random = new Random(2);
        byte[] content = content(12_000_000);
        int resumed = 0;
        // Every connection ends after 64 KB, so a download takes long enough to be killed in the middle.
        try (MisbehavingServer server = new MisbehavingServer(content, Set.of(Habit.CUTS), 2)) {
            Artifact artifact = artifact(content, server.url());
            Store store = new Store(home);
            for (int kill = 0; kill < 50; kill++) {
                Process victim = start(artifact);
                victim.waitFor(200 + random.nextInt(1800), TimeUnit.MILLISECONDS);
                victim.destroyForcibly().waitFor();
                assertThat(store.check(artifact)).isNotEqualTo(Condition.WRONG);
                long begun = store.begun(artifact);
                if (begun > 0) {
                    resumed++;
                }
                if (store.check(artifact) == Condition.WHOLE || kill % 10 == 9) {
                    int before = server.wholeDownloads();
                    assertThat(start(artifact).waitFor()).isZero();
                    assertThat(store.check(artifact)).isEqualTo(Condition.WHOLE);
                    if (begun > 0) {
                        assertThat(server.wholeDownloads()).isEqualTo(before);
                    }
                    store.remove("test/model", List.of(artifact), Set.of());
                }
            }
            assertThat(resumed).isGreaterThan(20);
        }
    }
}

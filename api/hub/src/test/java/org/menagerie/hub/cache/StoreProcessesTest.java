package org.menagerie.hub.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.MisbehavingServer;
import org.menagerie.fixtures.MisbehavingServer.Habit;
import org.menagerie.hub.cache.Store.Condition;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.weights.Sha256;

/**
 * Many processes that ask at once, and killed ones. With {@code -Dmenagerie.processes=full} in {@code surefire.argLine} the
 * figures are 16 processes with 90 MB and 50 killed ones, which takes minutes; without, smaller ones.
 */
class StoreProcessesTest {
    private static final boolean FULL =
            System.getProperty("menagerie.processes", "").equals("full");

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
    void manyProcessesAndOneDownload() throws Exception {
        byte[] content = content(FULL ? 90_000_000 : 8_000_000);
        try (MisbehavingServer server = new MisbehavingServer(content, Set.of(), 1)) {
            Artifact artifact = artifact(content, server.url());
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < (FULL ? 16 : 4); i++) {
                processes.add(start(artifact));
            }
            for (Process process : processes) {
                assertThat(process.waitFor()).as(output()).isZero();
            }
            assertThat(server.requests()).isEqualTo(1);
            assertThat(new Store(home).check(artifact)).isEqualTo(Condition.WHOLE);
        }
    }

    @Test
    void killedAtAnyMomentAndResumed() throws Exception {
        Random random = new Random(2);
        byte[] content = content(FULL ? 12_000_000 : 3_000_000);
        int kills = FULL ? 50 : 4;
        int resumed = 0;
        try (MisbehavingServer server = new MisbehavingServer(content, Set.of(Habit.PACED), 2)) {
            Artifact artifact = artifact(content, server.url());
            Store store = new Store(home);
            for (int kill = 0; kill < kills; kill++) {
                Process victim = start(artifact);
                // The last tenth of the moments come after the last byte, while the file is checked and named.
                int moment = random.nextInt(content.length * 11 / 10);
                while (victim.isAlive() && store.begun(artifact) < Math.min(moment, content.length)) {
                    Thread.sleep(1);
                }
                Thread.sleep(moment > content.length ? random.nextInt(60) : 0);
                victim.destroyForcibly().waitFor();

                assertThat(store.check(artifact)).isNotEqualTo(Condition.WRONG);
                boolean begun = store.begun(artifact) > 0;
                int before = server.wholeDownloads();
                assertThat(start(artifact).waitFor()).as(output()).isZero();
                assertThat(store.check(artifact)).isEqualTo(Condition.WHOLE);
                if (begun) {
                    assertThat(server.wholeDownloads()).isEqualTo(before);
                    resumed++;
                }
                store.remove("test/model", List.of(artifact), Set.of());
            }
        }
        assertThat(resumed).isGreaterThan(kills / 2);
    }

    private String output() throws IOException {
        return Files.readString(home.resolve("output.log"));
    }
}

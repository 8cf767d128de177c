package org.menagerie.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.MisbehavingServer;
import org.menagerie.fixtures.MisbehavingServer.Habit;
import org.menagerie.hub.cache.Store;
import org.menagerie.hub.source.HttpPolicy;
import org.menagerie.hub.source.Progress;
import org.menagerie.hub.source.Sources;
import org.menagerie.hub.source.Transfer;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.spi.ZooException;
import org.menagerie.weights.Sha256;

/**
 * Downloads from servers with up to three bad habits at once: each ends with the right bytes or a declared exception, in time,
 * and never with a wrong file. Half of them are checked against a hash; of the other half, which nothing checks, the bytes must be
 * one whole version or none.
 */
class FaultyDownloadsTest {
    private static final HttpPolicy IMPATIENT =
            new HttpPolicy(3, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMillis(1500), 1000);

    /** What a server may do unseen where nothing states a size or hash. */
    private static final Set<Habit> UNSEEN =
            EnumSet.of(Habit.WRONG_BYTES, Habit.WRONG_LENGTH, Habit.PAGE, Habit.ENDLESS);

    @TempDir
    Path home;

    private int right;
    private int refused;
    private final List<String> findings = new ArrayList<>();

    @Test
    void endRightOrRefused() throws Exception {
        int downloads = Length.of(40, 1600);
        long start = System.nanoTime();
        for (int seed = 0; seed < downloads; seed++) {
            Random random = new Random(seed);
            byte[] content = new byte[1 + random.nextInt(300_000)];
            random.nextBytes(content);
            List<Habit> shuffled = new ArrayList<>(EnumSet.allOf(Habit.class));
            Collections.shuffle(shuffled, random);
            Set<Habit> habits = EnumSet.noneOf(Habit.class);
            habits.addAll(shuffled.subList(0, random.nextInt(4)));
            boolean checked = seed % 2 == 0;
            if (!checked) {
                habits.removeAll(UNSEEN);
            }
            long began = System.nanoTime();
            try (MisbehavingServer server = new MisbehavingServer(content, habits, seed)) {
                one(seed, server, content, habits, checked);
            }
            if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(60)) {
                findings.add("seed %d %s took more than 60 s".formatted(seed, habits));
            }
        }
        System.out.printf(
                "faulty downloads: %,d tried, %,d right, %,d refused, %d wrong, in %d s%n",
                downloads, right, refused, findings.size(), (System.nanoTime() - start) / 1_000_000_000);
        assertThat(findings).isEmpty();
        assertThat(right).isGreaterThan(downloads / 5);
        assertBlobsAreWhole();
    }

    private void one(int seed, MisbehavingServer server, byte[] content, Set<Habit> habits, boolean checked)
            throws IOException {
        Sources sources = new Sources(Sources.builtIn(getClass().getClassLoader(), IMPATIENT, false), home, false);
        try {
            Path file = checked
                    ? new Store(home).file("test/model", artifact(content, server), "resource:", sources, Progress.NONE)
                    : sources.fetch(
                            server.url(), "", home.resolve("bare" + seed), new Transfer("file", -1, Progress.NONE));
            byte[] bytes = Files.readAllBytes(file);
            if (Arrays.equals(bytes, content) || (!checked && Arrays.equals(bytes, other(content, habits)))) {
                right++;
            } else {
                findings.add("seed %d %s, checked %s: %,d wrong bytes".formatted(seed, habits, checked, bytes.length));
            }
        } catch (ZooException | IOException e) {
            refused++;
            if (habits.isEmpty()) {
                findings.add("seed %d was refused without reason: %s".formatted(seed, e));
            }
        }
        if (server.requests() >= 100) {
            findings.add("seed %d %s asked %d times".formatted(seed, habits, server.requests()));
        }
    }

    private static Artifact artifact(byte[] content, MisbehavingServer server) {
        return new Artifact("model", "model.onnx", content.length, Sha256.of(content), List.of(server.url()));
    }

    /** The other version that a server of changing files has. */
    private static byte[] other(byte[] content, Set<Habit> habits) {
        byte[] other = content.clone();
        for (int i = 0; habits.contains(Habit.CHANGES) && i < other.length; i += 100) {
            other[i] ^= 1;
        }
        return other;
    }

    private void assertBlobsAreWhole() throws IOException {
        try (Stream<Path> blobs = Files.list(home.resolve("blobs"))) {
            for (Path blob : blobs.toList()) {
                String name = blob.getFileName().toString();
                if (!name.contains(".part")) {
                    assertThat("sha256-" + Sha256.of(blob)).isEqualTo(name);
                }
            }
        }
    }
}

package org.menagerie.hub.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.MisbehavingServer;
import org.menagerie.fixtures.MisbehavingServer.Habit;
import org.menagerie.hub.cache.Store.Condition;
import org.menagerie.hub.source.HttpPolicy;
import org.menagerie.hub.source.Progress;
import org.menagerie.hub.source.Sources;
import org.menagerie.spi.IntegrityException;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.spi.OfflineException;
import org.menagerie.spi.ZooException;
import org.menagerie.weights.Sha256;

class StoreTest {
    private static final HttpPolicy IMPATIENT =
            new HttpPolicy(3, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofSeconds(5), 1000);

    @TempDir
    Path home;

    private static byte[] content(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static Artifact artifact(byte[] content, String... sources) {
        return new Artifact("model", "model.onnx", content.length, Sha256.of(content), List.of(sources));
    }

    private Sources sources(boolean offline) {
        return new Sources(Sources.builtIn(StoreTest.class.getClassLoader(), IMPATIENT, offline), home, offline);
    }

    private Path fetch(Artifact artifact) {
        return new Store(home).file("test/model", artifact, "resource:", sources(false), Progress.NONE);
    }

    private Condition condition(Artifact artifact) {
        return new Store(home).check(artifact);
    }

    /**
     * As many seeded servers as {@code menagerie.seeds} says, 200 unless told otherwise: every download ends with the
     * right bytes or a clear error, and never with a wrong file in the cache.
     */
    @Test
    void survivesEveryBadServer() throws Exception {
        int right = 0;
        int refused = 0;
        for (int seed = 0; seed < Integer.getInteger("menagerie.seeds", 200); seed++) {
            Random random = new Random(seed);
            byte[] content = content(seed, 1 + random.nextInt(300_000));
            Set<Habit> habits = EnumSet.noneOf(Habit.class);
            int count = random.nextInt(4);
            List<Habit> shuffled = new ArrayList<>(EnumSet.allOf(Habit.class));
            Collections.shuffle(shuffled, random);
            habits.addAll(shuffled.subList(0, count));
            try (MisbehavingServer server = new MisbehavingServer(content, habits, seed)) {
                Artifact artifact = artifact(content, server.url());
                try {
                    assertThat(fetch(artifact)).hasBinaryContent(content);
                    right++;
                } catch (ZooException e) {
                    assertThat(habits).as("seed %d: %s", seed, e.getMessage()).isNotEmpty();
                    assertThat(e).hasMessageContaining("'model.onnx' of model test/model");
                    assertThat(condition(artifact))
                            .as("seed %d %s", seed, habits)
                            .isEqualTo(Condition.MISSING);
                    refused++;
                }
                assertThat(server.requests()).as("seed %d %s", seed, habits).isLessThan(60);
            }
        }
        assertThat(right).as("right, of %d", right + refused).isGreaterThan(refused / 4);
        for (Path blob : blobs()) {
            String name = blob.getFileName().toString();
            if (!name.contains(".part")) {
                assertThat("sha256-" + Sha256.of(blob)).isEqualTo(name);
            }
        }
    }

    private List<Path> blobs() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("blobs"))) {
            return files.toList();
        }
    }

    @Test
    void resumesWhereAnEarlierAttemptStopped() throws Exception {
        byte[] content = content(1, 500_000);
        try (MisbehavingServer server = new MisbehavingServer(content, Set.of(Habit.CUTS), 1)) {
            assertThat(fetch(artifact(content, server.url()))).hasBinaryContent(content);
            assertThat(server.wholeDownloads()).isEqualTo(1);
            assertThat(server.requests()).isEqualTo(8);
        }
    }

    @Test
    void aSpoiltBeginningIsFetchedAnew() throws Exception {
        byte[] content = content(12, 500_000);
        try (MisbehavingServer server = new MisbehavingServer(content, Set.of(), 12)) {
            Artifact artifact = artifact(content, server.url());
            Files.createDirectories(home.resolve("blobs"));
            for (int length : List.of(1, 300_000, 500_000, 600_000)) {
                Files.write(home.resolve("blobs/sha256-" + artifact.sha256() + ".part"), new byte[length]);
                assertThat(fetch(artifact)).hasBinaryContent(content);
                new Store(home).remove("test/model", List.of(artifact), Set.of());
            }
        }
    }

    @Test
    void triesTheNextSourceAndSaysWhyEachFailed() throws Exception {
        byte[] content = content(2, 1000);
        Artifact second = artifact(content, "resource:not/there", "nmp:x@1!/y", "https:nonsense");
        assertThatThrownBy(() -> fetch(second))
                .isExactlyInstanceOf(ZooException.class)
                .hasMessageContaining("resource:not/there")
                .hasMessageContaining("no source is called 'nmp' (did you mean 'npm'?)")
                .hasMessageContaining("https:nonsense");
        try (MisbehavingServer server = new MisbehavingServer(content, Set.of(), 2)) {
            assertThat(fetch(artifact(content, "resource:not/there", server.url())))
                    .hasBinaryContent(content);
        }
    }

    @Test
    void offlineNamesWhatIsMissing() throws Exception {
        byte[] content = content(3, 1000);
        Artifact artifact = artifact(content, "https://example.invalid/model.onnx", "maven:org.example:absent:1!/x");
        assertThatThrownBy(
                        () -> new Store(home).file("test/model", artifact, "resource:", sources(true), Progress.NONE))
                .isInstanceOf(OfflineException.class)
                .hasMessageContaining("'model.onnx' of model test/model (1,000 bytes) is not on this machine");
    }

    /** Whichever comes first: a file of this machine that is wrong, or a source that may not be asked. */
    @Test
    void wrongBytesOfOneSourceAreToldThoughAnotherNeedsTheNetwork() throws Exception {
        Files.write(home.resolve("on-this-machine.onnx"), content(31, 1000));
        String wrong = "file:on-this-machine.onnx";
        String remote = "https://example.invalid/model.onnx";
        for (List<String> order : List.of(List.of(wrong, remote), List.of(remote, wrong))) {
            for (byte[] expected : List.of(content(32, 1000), content(32, 1001))) {
                Artifact artifact = artifact(expected, order.toArray(String[]::new));
                assertThatThrownBy(() -> new Store(home)
                                .file("test/model", artifact, home.toUri().toString(), sources(true), Progress.NONE))
                        .isInstanceOf(IntegrityException.class)
                        .hasMessageContaining("'model.onnx' of model test/model did not arrive as its card states")
                        .hasMessageContaining("on-this-machine.onnx: expected ")
                        .hasMessageContaining(remote + ": needs the network");
                assertThat(condition(artifact)).isEqualTo(Condition.MISSING);
            }
        }
    }

    @Test
    void manyThreadsAskAndOneFetches() throws Exception {
        byte[] content = content(4, 2_000_000);
        try (MisbehavingServer server = new MisbehavingServer(content, Set.of(), 4)) {
            Artifact artifact = artifact(content, server.url());
            var pool = Executors.newFixedThreadPool(16);
            List<Callable<Path>> askers = Collections.nCopies(16, () -> fetch(artifact));
            for (Future<Path> answer : pool.invokeAll(askers)) {
                assertThat(answer.get()).hasBinaryContent(content);
            }
            pool.shutdown();
            assertThat(server.wholeDownloads()).isEqualTo(1);
        }
    }

    @Test
    void seesDamageAndRemovesAndPrunes() throws Exception {
        byte[] content = content(5, 1000);
        byte[] other = content(6, 2000);
        List<Artifact> artifacts = new ArrayList<>();
        try (MisbehavingServer one = new MisbehavingServer(content, Set.of(), 5);
                MisbehavingServer two = new MisbehavingServer(other, Set.of(), 6)) {
            artifacts.add(artifact(content, one.url()));
            fetch(artifacts.get(0));
            artifacts.add(artifact(other, two.url()));
            new Store(home).file("test/other", artifacts.get(1), "resource:", sources(false), Progress.NONE);
        }
        Store store = new Store(home);
        assertThat(store.check(artifacts.get(0))).isEqualTo(Condition.WHOLE);
        byte[] damaged = content.clone();
        damaged[7] ^= 1;
        Files.write(store.blob(artifacts.get(0)), damaged);
        assertThat(store.check(artifacts.get(0))).isEqualTo(Condition.WRONG);

        assertThat(store.remove("test/model", artifacts.subList(0, 1), Set.of()))
                .isEqualTo(1000);
        assertThat(store.check(artifacts.get(0))).isEqualTo(Condition.MISSING);
        assertThat(home.resolve("models/test/model")).doesNotExist();

        Files.write(home.resolve("blobs/sha256-00.part"), new byte[10]);
        assertThat(store.prune(Set.of(artifacts.get(1).sha256()), true)).isEqualTo(10);
        assertThat(store.prune(Set.of(artifacts.get(1).sha256()), false)).isEqualTo(10);
        assertThat(store.check(artifacts.get(1))).isEqualTo(Condition.WHOLE);
        assertThat(store.prune(Set.of(), false)).isEqualTo(2000);
    }

    @Test
    void pruningFreesTheNamesTooAndKeepsDataSets() throws Exception {
        byte[] content = content(9, 3000);
        byte[] data = content(10, 500);
        try (MisbehavingServer one = new MisbehavingServer(content, Set.of(), 9);
                MisbehavingServer two = new MisbehavingServer(data, Set.of(), 10)) {
            Path name = fetch(artifact(content, one.url()));
            Path kept = new Store(home).data("words", artifact(data, two.url()), sources(false), Progress.NONE);
            assertThat(kept)
                    .isEqualTo(home.resolve("datasets/words/" + Sha256.of(data) + "/model.onnx"))
                    .hasBinaryContent(data);
            Files.createDirectories(home.resolve("bare/abc"));
            Files.write(home.resolve("bare/abc/model.onnx"), new byte[70]);
            assertThat(new Store(home).prune(Set.of(), false)).isEqualTo(3070);
            assertThat(name).doesNotExist();
            assertThat(home.resolve("models/test")).doesNotExist();
            assertThat(home.resolve("bare/abc")).doesNotExist();
            assertThat(kept).hasBinaryContent(data);
            Artifact wrong = artifact(content(11, 500), two.url());
            assertThatThrownBy(() -> new Store(home).data("words", wrong, sources(false), Progress.NONE))
                    .isInstanceOf(IntegrityException.class)
                    .hasMessageContaining("'model.onnx' of data set words");
        }
    }

    @Test
    void aDamagedContentIsToldApartAndFetchedAnew() throws Exception {
        byte[] content = content(13, 5000);
        try (MisbehavingServer server = new MisbehavingServer(content, Set.of(), 13)) {
            Artifact artifact = artifact(content, server.url());
            Path name = fetch(artifact);
            Store store = new Store(home);
            byte[] damaged = content.clone();
            damaged[2500] ^= 4;
            // Right size, right time: nothing but reading it can tell.
            var time = Files.getLastModifiedTime(store.blob(artifact));
            Files.write(store.blob(artifact), damaged);
            Files.setLastModifiedTime(store.blob(artifact), time);
            assertThat(name).hasBinaryContent(damaged);
            assertThatThrownBy(() -> store.repair("test/model", artifact, "resource:", sources(true), Progress.NONE))
                    .isInstanceOf(OfflineException.class)
                    .hasMessageContaining("'model.onnx' of model test/model");
        }
        try (MisbehavingServer server = new MisbehavingServer(content, Set.of(), 13)) {
            Artifact artifact = artifact(content, server.url());
            Store store = new Store(home);
            assertThat(store.has(artifact)).isFalse();
            assertThat(store.repair("test/model", artifact, "resource:", sources(false), Progress.NONE))
                    .isEqualTo(Condition.MISSING);
            assertThat(fetch(artifact)).hasBinaryContent(content);
            Files.write(store.blob(artifact), new byte[5000]);
            assertThat(store.repair("test/model", artifact, "resource:", sources(false), Progress.NONE))
                    .isEqualTo(Condition.WRONG);
            assertThat(fetch(artifact)).hasBinaryContent(content);
            assertThat(store.repair("test/model", artifact, "resource:", sources(true), Progress.NONE))
                    .isEqualTo(Condition.WHOLE);
        }
    }

    /** Two versions of a model under one name, each asked for by half of the threads: nobody gets the other's file. */
    @Test
    void twoVersionsUnderOneNameAreNeverMistakenForEachOther() throws Exception {
        byte[][] contents = {content(14, 3000), content(15, 3000)};
        Path cards = Files.createDirectories(home.resolve("cards"));
        List<Artifact> versions = new ArrayList<>();
        for (int v = 0; v < 2; v++) {
            Files.write(cards.resolve("v" + v), contents[v]);
            versions.add(artifact(contents[v], "file:v" + v));
        }
        String base = "file:" + cards + "/";
        var pool = Executors.newFixedThreadPool(4);
        List<Callable<Integer>> askers = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int mine = thread % 2;
            askers.add(() -> {
                int wrong = 0;
                for (int i = 0; i < 500; i++) {
                    Path file =
                            new Store(home).file("test/model", versions.get(mine), base, sources(false), Progress.NONE);
                    assertThat(file.toString()).contains(versions.get(mine).sha256());
                    wrong += Arrays.equals(Files.readAllBytes(file), contents[mine]) ? 0 : 1;
                }
                return wrong;
            });
        }
        for (Future<Integer> answer : pool.invokeAll(askers)) {
            assertThat(answer.get()).isZero();
        }
        pool.shutdown();
        try (Stream<Path> left = Files.walk(home.resolve("models"))) {
            assertThat(left.filter(file -> file.toString().endsWith(".new"))).isEmpty();
        }
    }

    /** A network that says the same twice, with other weights in its external data: the same hash, another folder. */
    @Test
    void neighboursBelongToWhatAFolderStandsFor() throws Exception {
        byte[] network = content(16, 100);
        Path cards = Files.createDirectories(home.resolve("cards"));
        Files.write(cards.resolve("net"), network);
        List<Path> folders = new ArrayList<>();
        for (int v = 0; v < 2; v++) {
            byte[] weights = content(17 + v, 400);
            Files.write(cards.resolve("w" + v), weights);
            Artifact data =
                    new Artifact("data", "model.onnx_data", weights.length, Sha256.of(weights), List.of("file:w" + v));
            Path file = new Store(home)
                    .file(
                            "test/model",
                            artifact(network, "file:net"),
                            List.of(data),
                            "file:" + cards + "/",
                            sources(false),
                            Progress.NONE);
            assertThat(file.resolveSibling("model.onnx_data")).hasBinaryContent(weights);
            folders.add(file.getParent());
        }
        assertThat(folders.get(0)).isNotEqualTo(folders.get(1));
        assertThat(folders.get(0).resolve("model.onnx_data")).hasBinaryContent(content(17, 400));
    }

    @Test
    void aNameThatClimbsIsNoFolderOfTheCache() {
        byte[] content = content(19, 10);
        for (String model : List.of("../../outside", "lab/..", "lab//net", "lab/\\..", "")) {
            assertThatThrownBy(() -> new Store(home)
                            .file(model, artifact(content, "file:x"), "resource:", sources(true), Progress.NONE))
                    .as(model)
                    .isInstanceOf(ZooException.class)
                    .hasMessageContaining("cannot name a folder of the cache");
        }
    }

    @Test
    void cardsReachNoFileOutsideTheirFolder() throws Exception {
        byte[] content = content(7, 100);
        Files.createDirectories(home.resolve("cards"));
        Files.write(home.resolve("secret"), content);
        Files.write(home.resolve("cards/own"), content);
        Files.createSymbolicLink(home.resolve("cards/link"), home.resolve("secret"));
        String base = "file:" + home.resolve("cards") + "/";
        for (String source :
                List.of("file:../secret", "file:" + home.resolve("secret"), "file:link", "file:a/../../secret")) {
            assertThatThrownBy(() -> new Store(home)
                            .file("test/model", artifact(content, source), base, sources(false), Progress.NONE))
                    .as(source)
                    .hasMessageContaining("leaves the card's folder");
        }
        assertThat(new Store(home)
                        .file("test/model", artifact(content, "file:own"), base, sources(false), Progress.NONE))
                .hasBinaryContent(content);
        assertThatThrownBy(() -> new Store(home)
                        .file("test/x", artifact(content(8, 100), "file:own"), base, sources(false), Progress.NONE))
                .isInstanceOf(IntegrityException.class);
        assertThat(home.resolve("cards/own")).hasBinaryContent(content);
    }
}

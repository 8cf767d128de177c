package org.menagerie.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.MisbehavingServer;
import org.menagerie.fixtures.MisbehavingServer.Habit;
import org.menagerie.fixtures.ScriptedServer;
import org.menagerie.hub.Hub;
import org.menagerie.hub.ZooOptions;
import org.menagerie.hub.cache.Store.Condition;
import org.menagerie.hub.catalog.CardFile;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.weights.Sha256;

/** Processes that are killed at any moment: what they leave is whole or not there, and the next one does the work. */
class KilledProcessesTest {
    private static final int SIZE = 2_000_000;

    @TempDir
    Path temp;

    private ChildJvm start(String... arguments) throws IOException {
        return ChildJvm.start(temp.resolve("log"), Map.of(), List.of("-Xmx200m"), HubProcess.class, List.of(arguments));
    }

    private Hub hub(Path home, boolean offline, Path... cards) {
        return new Hub(ZooOptions.defaults().withHome(home).withOffline(offline).withCatalogs(List.of(cards)));
    }

    private static String card(byte[] content, String source) {
        return """
                ---
                license: mit
                pipeline_tag: image-classification
                menagerie:
                  artifacts:
                    model: {file: net.bin, size: %d, sha256: "%s", sources: ["%s"]}
                  preprocessor: {name: image}
                  decoder: {name: classification}
                ---
                """.formatted(content.length, Sha256.of(content), source);
    }

    @Test
    void aKilledPullIsFinishedByTheNext() throws Exception {
        int kills = Length.of(2, 40);
        byte[] content = new byte[SIZE];
        new Random(1).nextBytes(content);
        Path home = temp.resolve("home");
        Path cards = Files.createDirectories(temp.resolve("cards"));
        Random random = new Random(2);
        int unfinished = 0;
        try (MisbehavingServer server = new MisbehavingServer(content, Set.of(Habit.PACED), 3)) {
            Files.writeString(cards.resolve("net.md"), card(content, server.url()));
            for (int kill = 0; kill < kills; kill++) {
                Hub hub = hub(home, true, cards);
                CardFile file = hub.catalogs().find("net");
                Artifact artifact = file.read().artifacts().values().iterator().next();
                ChildJvm victim = start("pull", home.toString(), cards.toString());
                int moment = random.nextInt(SIZE);
                while (victim.process().isAlive() && hub.begun(artifact) < moment && !hub.present(artifact)) {
                    Thread.sleep(1);
                }
                victim.process().destroyForcibly().waitFor();
                assertThat(hub.check(artifact)).isNotEqualTo(Condition.WRONG);
                unfinished += hub.check(artifact) == Condition.MISSING ? 1 : 0;
                ChildJvm next = start("pull", home.toString(), cards.toString());
                assertThat(next.process().waitFor()).as(next.output()).isZero();
                assertThat(hub.file(file, file.read(), "model")).hasBinaryContent(content);
                hub.remove(file, file.read());
            }
        }
        System.out.printf("killed pulls: %d killed, %d of them unfinished, 0 wrong%n", kills, unfinished);
        assertThat(unfinished).isGreaterThan(kills / 3);
    }

    @Test
    void aKilledCatalogCanBeAddedAndRemoved() throws Exception {
        int kills = Length.of(2, 20);
        Map<String, byte[]> files = published(12);
        Path home = temp.resolve("home2");
        Random random = new Random(4);
        int unfinished = 0;
        for (int kill = 0; kill < kills; kill++) {
            int moment = 1 + random.nextInt(files.size());
            // Says when the victim has come so far, and makes each file take a moment.
            try (ScriptedServer server = serving(files)) {
                ChildJvm victim = start("add", home.toString(), server.url());
                while (victim.process().isAlive() && server.requests() < moment) {
                    Thread.sleep(1);
                }
                Thread.sleep(random.nextInt(15));
                victim.process().destroyForcibly().waitFor();
                Hub hub = hub(home, false);
                int listed = hub.userCatalogs().list().size();
                unfinished += listed == 0 ? 1 : 0;
                if (listed == 0) {
                    assertThat(hub.userCatalogs().add("lab", server.url()).cards())
                            .hasSize(12);
                }
                assertThat(hub(home, true).userCatalogs().list())
                        .singleElement()
                        .satisfies(catalog -> {
                            assertThat(catalog.problems()).isEmpty();
                            catalog.cards().forEach(CardFile::read);
                        });
                hub.userCatalogs().remove("lab");
                assertThat(home.resolve("catalogs")).isEmptyDirectory();
            }
        }
        System.out.printf("killed catalogs: %d killed, %d of them unfinished, 0 wrong%n", kills, unfinished);
    }

    private static Map<String, byte[]> published(int cards) {
        Map<String, byte[]> files = new HashMap<>();
        StringBuilder entries = new StringBuilder();
        for (int i = 0; i < cards; i++) {
            byte[] card = card(new byte[] {(byte) i}, "file:net.bin").getBytes(StandardCharsets.UTF_8);
            files.put("/net" + i + ".md", card);
            entries.append(i == 0 ? "" : ",")
                    .append("{\"name\": \"net%d\", \"sha256\": \"%s\"}".formatted(i, Sha256.of(card)));
        }
        files.put("/index.json", "{\"cards\": [%s]}".formatted(entries).getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private static ScriptedServer serving(Map<String, byte[]> files) throws IOException {
        return new ScriptedServer((request, out) -> {
            byte[] file = files.get(request.target());
            if (file == null) {
                ScriptedServer.head(out, "404 Not Found", "Content-Length: 0");
                return;
            }
            Thread.sleep(10);
            ScriptedServer.head(out, "200 OK", "Content-Length: " + file.length);
            out.write(file);
        });
    }
}

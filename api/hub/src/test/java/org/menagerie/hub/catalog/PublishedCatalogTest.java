package org.menagerie.hub.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.hub.Hub;
import org.menagerie.hub.ZooOptions;
import org.menagerie.hub.source.FakeServer;
import org.menagerie.spi.CardException;
import org.menagerie.spi.IntegrityException;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.OfflineException;
import org.menagerie.spi.UnknownModelException;
import org.menagerie.spi.ZooException;
import org.menagerie.weights.Sha256;

/** A third party publishes models by publishing files: an index, cards, and the networks beside them. */
class PublishedCatalogTest {
    private static final byte[] NETWORK = "a network".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temp;

    private FakeServer server;
    private String url = "";

    @BeforeEach
    void publish() throws IOException {
        server = new FakeServer();
        url = server.url() + "/models";
        server.put("/models/net.onnx", NETWORK);
        card("A network.");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Publishes the card {@code net} with some prose, and an index that knows it. */
    private void card(String prose) throws IOException {
        Path folder = Files.createDirectories(temp.resolve("published"));
        String card = """
                ---
                license: mit
                pipeline_tag: image-classification
                menagerie:
                  artifacts:
                    model: {file: net.onnx, size: %d, sha256: %s, sources: ["file:net.onnx"]}
                  preprocessor: {name: image}
                  decoder: {name: classification}
                ---
                %s
                """.formatted(NETWORK.length, Sha256.of(NETWORK), prose);
        Files.writeString(folder.resolve("net.md"), card);
        server.put("/models/net.md", card.getBytes(StandardCharsets.UTF_8));
        server.put("/models/index.json", UserCatalogs.index(folder).getBytes(StandardCharsets.UTF_8));
    }

    private Hub hub(boolean offline) {
        return new Hub(ZooOptions.defaults().withHome(temp.resolve("home")).withOffline(offline));
    }

    @Test
    void isAddedPulledUsedOfflineRefreshedAndRemoved() throws Exception {
        assertThat(hub(false).userCatalogs().add("lab", url).cards()).hasSize(1);
        Hub hub = hub(false);
        CardFile file = hub.catalogs().find("net");
        assertThat(file.qualifiedName()).isEqualTo("lab/net");
        ModelCard card = file.read();
        hub.pull(file, card);
        assertThat(hub.installed(card)).isTrue();
        assertThat(temp.resolve("home/models/lab/net/" + Sha256.of(NETWORK) + "/net.onnx"))
                .hasBinaryContent(NETWORK);

        Hub offline = hub(true);
        assertThat(offline.catalogs().find("lab/net").read().text()).isEqualTo("A network.");
        assertThat(offline.file(file, card, "model")).hasBinaryContent(NETWORK);
        assertThatThrownBy(() -> offline.userCatalogs().refresh("lab")).isInstanceOf(OfflineException.class);
        assertThat(hub(true).catalogs().find("lab/net").read().text()).isEqualTo("A network.");

        card("A better network.");
        hub.userCatalogs().refresh("lab");
        hub.reload();
        assertThat(hub.catalogs().find("net").read().text()).isEqualTo("A better network.");

        hub.userCatalogs().remove("lab");
        hub.reload();
        assertThatThrownBy(() -> hub.catalogs().find("net")).isInstanceOf(UnknownModelException.class);
        assertThat(hub.prune(false)).isEqualTo(NETWORK.length);
    }

    @Test
    void aCardOfAnotherHashIsRefusedAndTheOldOnesStay() throws Exception {
        hub(false).userCatalogs().add("lab", url);
        card("A better network.");
        server.put("/models/net.md", "something else".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> hub(false).userCatalogs().refresh("lab"))
                .isInstanceOf(IntegrityException.class)
                .hasMessageContaining("net");
        assertThat(hub(true).catalogs().find("lab/net").read().text()).isEqualTo("A network.");
    }

    @Test
    void whatCannotBeAddedLeavesNothing() {
        UserCatalogs catalogs = hub(false).userCatalogs();
        server.put("/broken/index.json", "{\"cards\": [{\"name\": 7}]}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> catalogs.add("lab", server.url() + "/broken"))
                .isInstanceOf(CardException.class)
                .hasMessageContaining("index.json");
        assertThatThrownBy(() -> catalogs.add("lab", server.url() + "/absent")).hasMessageContaining("HTTP 404");
        assertThatThrownBy(() -> catalogs.add("lab", "http://example.invalid/models"))
                .hasMessageContaining("needs https");
        assertThatThrownBy(() -> catalogs.add("The Lab", url)).hasMessageContaining("lower-case");
        assertThatThrownBy(() -> catalogs.add("lab", temp.resolve("nowhere").toString()))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("There is no folder");
        assertThat(temp.resolve("home/catalogs/lab")).doesNotExist();
        assertThat(catalogs.list()).isEmpty();
        catalogs.add("lab", url);
        assertThatThrownBy(() -> catalogs.add("lab", url)).hasMessageContaining("There is a catalog 'lab' already");
        assertThatThrownBy(() -> catalogs.add("lab2", "nul\0"))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("cannot name a folder");
        assertThatThrownBy(() -> catalogs.add("lab2", "http://a b/"))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("lab2");
        assertThatThrownBy(() -> catalogs.remove("../lab")).hasMessageContaining("No catalog '../lab' was added");
    }

    /** What a killed process may leave, of this version and of an older one: each can be added anew, and removed. */
    @Test
    void whatAKilledProcessLeftIsNoObstacle() throws Exception {
        Path home = temp.resolve("home");
        for (String left : new String[] {"catalogs/lab/cards", "catalogs/.lab.new/cards", "catalogs/.lab.gone/cards"}) {
            Files.createDirectories(home.resolve(left));
            Files.writeString(home.resolve(left).resolve("half.part"), "half");
            assertThat(hub(true).catalogs().list()).noneMatch(c -> c.name().contains("lab"));
            assertThat(hub(false).userCatalogs().add("lab", url).cards())
                    .as(left)
                    .hasSize(1);
            hub(false).userCatalogs().remove("lab");
            assertThat(home.resolve("catalogs/lab")).doesNotExist();
            assertThat(home.resolve("catalogs/.lab.new")).doesNotExist();
        }
        Files.createDirectories(home.resolve("catalogs/lab"));
        hub(false).userCatalogs().remove("lab");
        assertThat(home.resolve("catalogs/lab")).doesNotExist();
        // Damaged in every file: listed with its problem, and removed.
        hub(false).userCatalogs().add("lab", url);
        Files.writeString(home.resolve("catalogs/lab/index.json"), "{");
        assertThat(hub(true).catalogs().list()).anyMatch(c -> !c.problems().isEmpty());
        hub(true).userCatalogs().remove("lab");
        assertThat(hub(true).userCatalogs().list()).isEmpty();
    }

    @Test
    void anIndexOrCardOfAnySizeIsRefusedBeforeItIsRead() throws Exception {
        UserCatalogs catalogs = hub(false).userCatalogs();
        server.put("/huge/index.json", new byte[9 << 20]);
        assertThatThrownBy(() -> catalogs.add("lab", server.url() + "/huge"))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("more than 8,388,608 bytes");
        byte[] card = "x".repeat(2 << 20).getBytes(StandardCharsets.UTF_8);
        server.put(
                "/big/index.json",
                "{\"cards\": [{\"name\": \"net\", \"sha256\": \"%s\"}]}"
                        .formatted(Sha256.of(card))
                        .getBytes(StandardCharsets.UTF_8));
        server.put("/big/net.md", card);
        assertThatThrownBy(() -> catalogs.add("lab", server.url() + "/big"))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("more than 1,048,576 bytes");
        assertThat(temp.resolve("home/catalogs/lab")).doesNotExist();
        assertThat(temp.resolve("home/catalogs/.lab.new")).doesNotExist();
    }
}

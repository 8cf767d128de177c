package org.menagerie.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.hub.source.FakeServer;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.IntegrityException;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.weights.Safetensors;
import org.menagerie.weights.Sha256;

/** Networks that have no card: a model is kept whole, and nothing else is kept. */
class BareFilesTest {
    @TempDir
    Path home;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Hub hub() {
        return new Hub(ZooOptions.defaults().withHome(home));
    }

    /** {@code y = x + w}, the weights {@code w} in another file. */
    private static byte[] external(String location) {
        OnnxMl.ModelProto plain;
        try {
            plain = OnnxMl.ModelProto.parseFrom(TestModels.doubler(1));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        OnnxMl.TensorProto weights = OnnxMl.TensorProto.newBuilder()
                .setName("w")
                .setDataType(1)
                .addDims(1)
                .addDims(1)
                .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL)
                .addExternalData(OnnxMl.StringStringEntryProto.newBuilder()
                        .setKey("location")
                        .setValue(location))
                .build();
        return plain.toBuilder()
                .setGraph(plain.getGraph().toBuilder()
                        .addInitializer(weights)
                        .setNode(0, plain.getGraph().getNode(0).toBuilder().setInput(1, "w")))
                .build()
                .toByteArray();
    }

    private static byte[] weights() {
        // 40 in little-endian float32.
        return new byte[] {0, 0, 0x20, 0x42};
    }

    private static float run(Path file) {
        try (OnnxSession session =
                OnnxSession.open(file, SessionOptions.defaults().withDevice(Device.CPU))) {
            Tensor x = Tensor.of(new float[] {2}, 1, 1);
            return Objects.requireNonNull(session.run(Map.of("number", x)).get("doubled"))
                    .floats()
                    .get(0);
        }
    }

    @Test
    void externalDataComesWithItsNetwork() {
        server.put("/net/model.onnx", external("model.onnx_data"));
        server.put("/net/model.onnx_data", weights());
        Path file = hub().bare(server.url() + "/net/model.onnx?download=true");
        assertThat(run(file)).isEqualTo(42);
        assertThat(hub().bare(server.url() + "/net/model.onnx?download=true")).isEqualTo(file);
        assertThat(server.requests()).hasSize(2);

        server.put("/other/model.onnx", external("data/w#1.bin"));
        server.put("/other/data/w%231.bin", weights());
        assertThat(run(hub().bare(server.url() + "/other/model.onnx"))).isEqualTo(42);
    }

    @Test
    void externalDataElsewhereIsRefused() throws IOException {
        for (String location :
                new String[] {"../secret", "/etc/passwd", "a/../../b", "model.onnx", "*/_ORT_MEM_ADDR_/*", "c:\\x"}) {
            server.put("/net/model.onnx", external(location));
            assertThatThrownBy(() -> hub().bare(server.url() + "/net/model.onnx"))
                    .as(location)
                    .isInstanceOf(ZooException.class);
            assertNothingIsKept();
        }
    }

    @Test
    void weightsAreKeptIfTheyAreSafetensors() throws IOException {
        server.put("/w.safetensors", text("<html>not found</html>"));
        assertThatThrownBy(() -> hub().bareWeights(server.url() + "/w.safetensors"))
                .isInstanceOf(IntegrityException.class)
                .hasMessage(
                        "%s/w.safetensors is not a safetensors file: it is a page of HTML or XML; ask for the address of"
                                        .formatted(server.url())
                                + " the file itself, not of a page about it");
        assertNothingIsKept();
        Path made = home.resolve("made.safetensors");
        new Safetensors(Map.of("fc.bias", Tensor.of(new float[] {1, 2}, 2)), Map.of()).write(made);
        server.put("/w.safetensors", Files.readAllBytes(made));
        Path file = hub().bareWeights(server.url() + "/w.safetensors");
        assertThat(Safetensors.map(file).tensors()).containsOnlyKeys("fc.bias");
        assertThat(hub().bareWeights(server.url() + "/w.safetensors")).isEqualTo(file);
        assertThat(server.requests()).hasSize(2);
        assertThat(hub().bareWeights(made.toString())).isEqualTo(made);
    }

    @Test
    void whatIsNoModelIsRefusedAndNotKept() throws IOException {
        byte[] model = TestModels.doubler(1);
        Map<String, byte[]> files = Map.of(
                "a page of HTML", text("\n<!DOCTYPE html><html><body>404</body></html>"),
                "a pointer of Git LFS", text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"),
                "it is JSON", text("{\"error\": \"Repository not found\"}"),
                "an archive", new byte[] {'P', 'K', 3, 4, 0, 0},
                "it is empty", new byte[0],
                "cut off", Arrays.copyOf(model, model.length - 3),
                "damaged", text("Just some words of text."));
        files.forEach((reason, bytes) -> {
            server.put("/file.onnx", bytes);
            assertThatThrownBy(() -> hub().bare(server.url() + "/file.onnx"))
                    .isInstanceOf(IntegrityException.class)
                    .hasMessageContaining(server.url() + "/file.onnx is not an ONNX model")
                    .hasMessageContaining(reason);
        });
        assertNothingIsKept();
        server.put("/file.onnx", model);
        assertThat(run(hub().bare(server.url() + "/file.onnx"))).isEqualTo(4);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void assertNothingIsKept() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(f -> !f.toString().endsWith(".lock")))
                    .isEmpty();
        }
    }

    /** A card that lists the data beside its network gets both into one folder. */
    @Test
    void aCardsExternalDataLiesBesideItsNetwork() throws IOException {
        byte[] network = external("w.bin");
        Path cards = Files.createDirectories(home.resolve("cards"));
        Files.write(cards.resolve("net.onnx"), network);
        Files.write(cards.resolve("w"), weights());
        String card = TestModels.card(network, "file:net.onnx");
        Files.writeString(
                cards.resolve("net.md"),
                card.replace(
                        "  preprocessor:",
                        "    data: {file: w.bin, size: 4, sha256: %s, sources: [\"file:w\"]}\n  preprocessor:"
                                .formatted(Sha256.of(weights()))));
        Files.writeString(cards.resolve("alone.md"), card);
        Hub hub = new Hub(ZooOptions.defaults().withHome(home).withCatalogs(List.of(cards)));
        var net = hub.catalogs().find("net");
        assertThat(run(hub.file(net, net.read(), "model"))).isEqualTo(42);
        var alone = hub.catalogs().find("alone");
        assertThatThrownBy(() -> hub.file(alone, alone.read(), "model"))
                .hasMessageContaining("keeps weights in 'w.bin'");
    }

    /** Bytes have no folder: what they name would be looked for in the folder that the process happens to be in. */
    @Test
    void bytesWithExternalDataAreRefused() {
        SessionOptions options = SessionOptions.defaults().withDevice(Device.CPU);
        byte[] plain = external("w.bin");
        // Once more with an unknown field of a group before it, which every parser skips.
        byte[] grouped = ByteString.copyFrom(new byte[] {(byte) 0xf3, 0x7, 0x8, 1, (byte) 0xf4, 0x7})
                .concat(ByteString.copyFrom(plain))
                .toByteArray();
        for (byte[] model : new byte[][] {plain, grouped}) {
            assertThatThrownBy(() -> OnnxSession.open(model, options))
                    .isInstanceOf(ZooException.class)
                    .hasMessageContaining("keeps weights in another file, 'w.bin'");
        }
        assertThatThrownBy(() -> OnnxSession.open(text("nonsense"), options))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("cannot be loaded as an ONNX model");
        OnnxSession.open(TestModels.doubler(1), options).close();
    }
}

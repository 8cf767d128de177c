package org.menagerie.hub.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.hub.source.FakeServer.Request;
import org.menagerie.spi.IntegrityException;

/** The {@code npm:} and {@code hf:} sources against servers that hold what a test put there. */
class RemoteSourcesTest {
    private static final byte[] CONTENT = "weights".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temp;

    private FakeServer server;
    private final HttpSource.Http http = new HttpSource.Http(HttpPolicy.defaults());

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry entry = new TarArchiveEntry("package/a.onnx");
            entry.setSize(CONTENT.length);
            out.putArchiveEntry(entry);
            out.write(CONTENT);
            out.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    /** Publishes {@code @lab/models@1.2.0}. */
    private void publish(byte[] archive, String integrity) {
        server.put("/npm/lab-models.tgz", archive);
        server.put(
                "/npm/@lab%2fmodels",
                "{\"versions\": {\"1.2.0\": {\"dist\": {\"tarball\": \"%s/npm/lab-models.tgz\", \"integrity\": \"%s\"}}}}"
                        .formatted(server.url(), integrity)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static String sha512(byte[] bytes) throws Exception {
        return "sha512-"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-512").digest(bytes));
    }

    private Sources npm(Map<String, String> environment) {
        return new Sources(
                List.of(new NpmSource(http, () -> new NpmConfig(environment, temp, temp.resolve("user")))),
                temp.resolve("home"),
                false);
    }

    private Path fetch(Sources sources, String reference) throws IOException {
        Path target = temp.resolve("target");
        return sources.fetch(reference, "resource:", target, new Transfer("a.onnx", CONTENT.length, Progress.NONE));
    }

    @Test
    void npmTakesAFileOutOfThePackageOfTheConfiguredRegistry() throws Exception {
        byte[] archive = archive();
        publish(archive, sha512(archive));
        Sources sources = npm(Map.of("npm_config_registry", server.url() + "/npm"));
        assertThat(fetch(sources, "npm:@lab/models@1.2.0!/package/a.onnx")).hasBinaryContent(CONTENT);
        int asked = server.requests().size();
        assertThatThrownBy(() -> fetch(sources, "npm:@lab/models@1.2.0!/package/b.onnx"))
                .hasMessageContaining("package/b.onnx");
        assertThatThrownBy(() -> fetch(sources, "npm:@lab/models@1.3.0!/package/a.onnx"))
                .hasMessageContaining("@lab/models has no version 1.3.0");
        assertThatThrownBy(() -> fetch(sources, "npm:@lab/models!/package/a.onnx"))
                .hasMessageContaining("expected 'npm:name@version!/path'");
        assertThat(server.requests()).hasSizeGreaterThan(asked);
    }

    @Test
    void npmRefusesAnArchiveOfAnotherHash() throws Exception {
        publish(archive(), sha512(CONTENT));
        Sources sources = npm(Map.of("npm_config_registry", server.url() + "/npm/"));
        assertThatThrownBy(() -> fetch(sources, "npm:@lab/models@1.2.0!/package/a.onnx"))
                .isInstanceOf(IntegrityException.class)
                .hasMessageContaining("sha512");
        publish(archive(), "");
        assertThatThrownBy(() -> fetch(sources, "npm:@lab/models@1.2.0!/package/a.onnx"))
                .hasMessageContaining("no integrity hash");
    }

    @Test
    void npmReadsItsConfigurationFiles() throws Exception {
        byte[] archive = archive();
        publish(archive, sha512(archive));
        String registry = server.url() + "/npm/";
        Files.createDirectories(temp.resolve("user"));
        Files.writeString(temp.resolve("user/.npmrc"), """
                ; a comment
                @lab:registry=%s
                %s:_authToken=${LAB_TOKEN}
                registry=http://127.0.0.1:1/
                """.formatted(registry, registry.substring("http:".length())));
        assertThat(fetch(npm(Map.of("LAB_TOKEN", "secret")), "npm:@lab/models@1.2.0!/package/a.onnx"))
                .hasBinaryContent(CONTENT);
        assertThat(server.requests()).extracting(Request::authorization).containsOnly("Bearer secret");
    }

    @Test
    void huggingFaceShowsItsTokenToItsServerAlone() throws Exception {
        try (FakeServer storage = new FakeServer()) {
            storage.put("/blob", CONTENT);
            server.redirect("/lab/net/resolve/v1/onnx/a.onnx", storage.url() + "/blob");
            Sources sources = new Sources(
                    List.of(new HuggingFaceSource(
                            http, Map.of("HF_ENDPOINT", server.url() + "/", "HF_TOKEN", "secret"))),
                    temp.resolve("home"),
                    false);
            assertThat(fetch(sources, "hf:lab/net@v1/onnx/a.onnx")).hasBinaryContent(CONTENT);
            assertThat(server.requests())
                    .containsExactly(new Request("/lab/net/resolve/v1/onnx/a.onnx", "Bearer secret"));
            assertThat(storage.requests()).containsExactly(new Request("/blob", ""));
            assertThatThrownBy(() -> fetch(sources, "hf:lab")).hasMessageContaining("hf:org/repo@revision/path");
            assertThatThrownBy(() -> new HuggingFaceSource(http, Map.of()).url("lab/net/a.onnx"))
                    .hasMessageContaining("HF_ENDPOINT");
        }
    }
}

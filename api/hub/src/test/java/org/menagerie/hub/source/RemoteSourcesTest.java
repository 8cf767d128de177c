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
        return sources.fetch(reference, "resource:", target, Transfer.checked("a.onnx", CONTENT.length, Progress.NONE));
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
        }
    }

    @Test
    void huggingFaceIsThePublicHubUnlessToldOtherwise() throws Exception {
        HuggingFaceSource hub = new HuggingFaceSource(http, Map.of("HF_ENDPOINT", " "));
        assertThat(hub.url("lab/net/a.onnx")).isEqualTo("https://huggingface.co/lab/net/resolve/main/a.onnx");
        assertThat(hub.url("gpt2@main/onnx/a.onnx")).isEqualTo("https://huggingface.co/gpt2/resolve/main/onnx/a.onnx");
        assertThat(hub.url("lab/net@refs/pr/1/onnx/a.onnx"))
                .isEqualTo("https://huggingface.co/lab/net/resolve/refs%2Fpr%2F1/onnx/a.onnx");
        assertThat(hub.url("lab/net@refs/convert/onnx/a.onnx"))
                .isEqualTo("https://huggingface.co/lab/net/resolve/refs%2Fconvert%2Fonnx/a.onnx");
        assertThat(hub.url("lab/net@feature%2Fx/a.onnx"))
                .isEqualTo("https://huggingface.co/lab/net/resolve/feature%2Fx/a.onnx");
        // As huggingface_hub's hf_hub_url escapes it: urllib's quote of the name.
        assertThat(hub.url("lab/net@v1/dir a/100%[b]#1?ü.onnx"))
                .isEqualTo("https://huggingface.co/lab/net/resolve/v1/dir%20a/100%25%5Bb%5D%231%3F%C3%BC.onnx");
        for (String bad : List.of(
                "../x/a.onnx",
                "lab/net/../../a",
                "lab/..@main/a",
                "lab/net@../a",
                "lab/net@a%2F..%2Fb/c",
                "la b/net/a",
                "lab/net@%zz/a",
                "lab/net/a\\b",
                "lab/net/a\nb",
                "lab/net@main//a",
                "lab/net@main/./a")) {
            assertThatThrownBy(() -> hub.url(bad)).as(bad).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> new HuggingFaceSource(http, Map.of("HF_TOKEN", "a\nb"))
                        .fetch("lab/net/a.onnx", temp.resolve("x"), new Transfer("x", -1, Progress.NONE)))
                .hasMessageContaining("HF_TOKEN");
    }

    @Test
    void theTokenDoesNotComeBackByWayOfAnotherHost() throws Exception {
        try (FakeServer other = new FakeServer()) {
            server.redirect("/lab/net/resolve/main/a.onnx", other.url() + "/back");
            other.redirect("/back", server.url() + "/steal");
            server.put("/steal", CONTENT);
            HuggingFaceSource source =
                    new HuggingFaceSource(http, Map.of("HF_ENDPOINT", server.url(), "HF_TOKEN", "secret"));
            source.fetch("lab/net/a.onnx", temp.resolve("x"), new Transfer("x", CONTENT.length, Progress.NONE));
            assertThat(server.requests()).extracting(Request::authorization).containsExactly("Bearer secret", "");
            assertThat(other.requests()).extracting(Request::authorization).containsExactly("");
        }
    }

    /** Renamed repositories lead to a path of the same server. */
    @Test
    void theTokenStaysWithItsServer() throws Exception {
        server.redirect("/old/net/resolve/main/a.onnx", "/new/net/resolve/main/a.onnx?x=[1]&y=a b");
        server.put("/new/net/resolve/main/a.onnx", CONTENT);
        HuggingFaceSource source =
                new HuggingFaceSource(http, Map.of("HF_ENDPOINT", server.url() + "//", "HF_TOKEN", "secret"));
        source.fetch("old/net/a.onnx", temp.resolve("x"), new Transfer("x", CONTENT.length, Progress.NONE));
        assertThat(server.requests()).extracting(Request::authorization).containsOnly("Bearer secret");
        assertThat(temp.resolve("x")).hasBinaryContent(CONTENT);
    }

    /** An answer as long as a registry likes is neither kept in memory nor on disk. */
    @Test
    void npmReadsALongDocumentAsAStream() throws Exception {
        byte[] archive = archive();
        publish(archive, sha512(archive));
        StringBuilder versions =
                new StringBuilder("{\"readme\": \"%s\", \"versions\": {".formatted("x".repeat(1 << 20)));
        for (int i = 0; i < 20_000; i++) {
            versions.append("\"0.0.%d\": {\"dist\": {\"tarball\": \"http://127.0.0.1/x.tgz\", \"signatures\": [{}]}},"
                    .formatted(i));
        }
        versions.append(
                "\"1.2.0\": {\"name\": \"x\", \"dist\": {\"signatures\": [1, {\"a\": []}], \"tarball\": \"%s/npm/lab-models.tgz\", \"integrity\": \"%s\"}}}}"
                        .formatted(server.url(), sha512(archive)));
        server.put("/npm/@lab%2fmodels", versions.toString().getBytes(StandardCharsets.UTF_8));
        Sources sources = npm(Map.of("npm_config_registry", server.url() + "/npm"));
        assertThat(fetch(sources, "npm:@lab/models@1.2.0!/package/a.onnx")).hasBinaryContent(CONTENT);

        server.put("/npm/@lab%2fhuge", new byte[(64 << 20) + 1]);
        assertThatThrownBy(() -> fetch(sources, "npm:@lab/huge@1.2.0!/package/a.onnx"))
                .hasMessageContaining("more than 67,108,864 bytes");
        publish(archive, "sha512-!!!");
        assertThatThrownBy(() -> fetch(
                        npm(Map.of("npm_config_registry", server.url() + "/npm")), "npm:@lab/models@1.2.0!/package/b"))
                .isInstanceOf(IOException.class);
    }
}

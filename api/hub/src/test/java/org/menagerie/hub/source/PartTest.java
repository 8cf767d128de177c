package org.menagerie.hub.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No part of a reference leads out of where it belongs, whatever scheme it is of. */
class PartTest {
    @TempDir
    Path temp;

    @Test
    void coordinatesThatClimbAreRefusedBeforeMavenSeesThem() throws IOException {
        MavenSource maven = new MavenSource(true);
        for (String coordinates : List.of(
                "../../../etc:passwd:1",
                "org.example:../../x:1",
                "org.example:a:../1",
                "org.example:a:1/../../2",
                "org.example:a:..",
                "org..example:a:1",
                "org.example:a:jar:../x:1",
                "org.example:a:../../jar:1",
                "org.example:a:jar:c/../../d:1",
                "org.example:a\\..\\b:1",
                "/org:a:1",
                "org.example:a:[1,2)",
                "org.example:a:${user.home}",
                "org.example::1",
                "org.example:a:1\u0000",
                "org.example:a:" + "1".repeat(300))) {
            assertThatThrownBy(() -> maven.fetch(coordinates, temp, new Transfer("x", -1, Progress.NONE)))
                    .as(coordinates)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("must be letters, digits");
        }
        assertThat(Part.MAVEN.check("org.example-1_2+3~4")).isEqualTo("org.example-1_2+3~4");
        assertThat(Part.MAVEN.check("0.1.0-SNAPSHOT")).isEqualTo("0.1.0-SNAPSHOT");
    }

    @Test
    void packagesThatClimbAreRefusedBeforeTheRegistryIsAsked() {
        NpmSource npm = new NpmSource(new HttpSource.Http(HttpPolicy.defaults()), () -> {
            throw new AssertionError("asked");
        });
        for (String reference :
                List.of("..@1.0.0", "@../x@1.0.0", "@a/..@1.0.0", "a?b@1", "a#b@1", "a@..", "a@1?x", "a b@1", ".a@1")) {
            assertThatThrownBy(() -> npm.fetch(reference, temp, new Transfer("x", -1, Progress.NONE)))
                    .as(reference)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void resourcesAndFilesBesideACardStayThere() throws IOException {
        Sources sources =
                new Sources(List.of(new ResourceSource(PartTest.class.getClassLoader()), new FileSource()), temp, true);
        Files.writeString(temp.resolve("secret"), "secret");
        Files.createDirectories(temp.resolve("cards"));
        String base = "file:" + temp.resolve("cards") + "/";
        for (String reference : List.of(
                "resource:../secret",
                "resource:/etc/passwd",
                "resource:a/../../b",
                "resource:a\\..\\b",
                "file:../secret",
                "file:./../secret",
                "file:" + temp.resolve("secret"),
                "file:..",
                "file:a\\..\\..\\secret",
                "file:C:\\secret")) {
            assertThatThrownBy(() -> sources.fetch(
                            reference, base, temp.resolve("target"), new Transfer("x", -1, Progress.NONE)))
                    .as(reference)
                    .isInstanceOf(IOException.class);
        }
        try (Stream<Path> left = Files.walk(temp)) {
            assertThat(left.filter(Files::isRegularFile)).containsExactly(temp.resolve("secret"));
        }
    }

    @Test
    void whatLiesBesideAFileOnTheNetIsEscaped() throws IOException {
        assertThat(Reference.parse("file:a#1?.onnx", "https://example.invalid/cards/")
                        .location())
                .isEqualTo("//example.invalid/cards/a%231%3F.onnx");
        assertThat(Reference.parse("file:a#1?.onnx", "hf:lab/net/").location()).isEqualTo("lab/net/a#1?.onnx");
        assertThat(Reference.sibling("https://h/a/m.onnx?download=true#x", "m.onnx_data"))
                .isEqualTo("https://h/a/m.onnx_data?download=true");
        assertThat(Reference.sibling("hf:lab/net@refs/pr/1/onnx/m.onnx", "w/m#1.data"))
                .isEqualTo("hf:lab/net@refs/pr/1/onnx/w/m#1.data");
        assertThat(Reference.sibling("npm:@lab/net@1.0.0!/package/m.onnx", "m.onnx_data"))
                .isEqualTo("npm:@lab/net@1.0.0!/package/m.onnx_data");
        for (String climbing : List.of("../x", "/x", "a/../../x", "a\\x", "", "a\nb")) {
            assertThatThrownBy(() -> Reference.sibling("hf:lab/net/m.onnx", climbing))
                    .as(climbing)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aTarballIsOnTheNetOrNowhere() throws IOException {
        HttpSource.Http http = new HttpSource.Http(HttpPolicy.defaults());
        for (String address : List.of(
                "file:///etc/passwd", "ftp://h/x", "jar:file:/x!/y", "x", "", "http://", "http:///x", "//h/x")) {
            assertThatThrownBy(() ->
                            http.fetch(address, Map.of(), temp.resolve("x"), new Transfer("x", -1, Progress.NONE)))
                    .as(address)
                    .isInstanceOf(IOException.class);
        }
    }
}

package org.menagerie.hub.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.ScriptedServer;

/** Downloads that nobody checks afterwards: one version or none, bounded, and nothing left of what failed for good. */
class HttpDownloadTest {
    private static final HttpPolicy IMPATIENT =
            new HttpPolicy(4, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofSeconds(5), 1000);
    private static final int SIZE = 200_000;

    @TempDir
    Path temp;

    private final HttpSource.Http http = new HttpSource.Http(IMPATIENT);

    private static byte[] version(int number) {
        byte[] bytes = new byte[SIZE];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    private Path target() {
        return temp.resolve("target");
    }

    private Path fetch(ScriptedServer server, Transfer transfer) throws IOException {
        return http.fetch(server.url() + "/file", Map.of(), target(), transfer);
    }

    private static Transfer unchecked() {
        return new Transfer("file", -1, Progress.NONE);
    }

    /** Sends the first half of version 1 and breaks off, then has only version 2. */
    private static ScriptedServer changing(String... validators) throws IOException {
        return new ScriptedServer((request, out) -> {
            byte[] content = version(request.number() == 1 ? 1 : 2);
            String validator = validators[Math.min(request.number(), validators.length) - 1];
            boolean matches =
                    request.header("If-Range").isEmpty() || validator.endsWith(": " + request.header("If-Range"));
            int from = matches ? (int) request.from() : 0;
            ScriptedServer.head(
                    out,
                    from == 0 ? "200 OK" : "206 Partial Content",
                    "Content-Length: " + (SIZE - from),
                    "Content-Range: bytes %d-%d/%d".formatted(from, SIZE - 1, SIZE),
                    validator);
            out.write(content, from, request.number() == 1 ? SIZE / 2 : SIZE - from);
        });
    }

    @Test
    void isNeverSplicedFromTwoVersions() throws IOException {
        List<String[]> servers = List.of(
                new String[] {"ETag: \"1\"", "ETag: \"2\""},
                new String[] {
                    "Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT", "Last-Modified: Tue, 02 Jan 2024 00:00:00 GMT"
                },
                new String[] {"X-Nothing: 1"},
                // A weak tag promises no bytes.
                new String[] {"ETag: W/\"1\""},
                new String[] {"ETag: \"1\"", "X-Nothing: 1"});
        for (String[] validators : servers) {
            try (ScriptedServer server = changing(validators)) {
                assertThat(fetch(server, unchecked()))
                        .as(Arrays.toString(validators))
                        .hasBinaryContent(version(2));
                Unfinished.discard(target());
            }
        }
    }

    /** Some servers answer a range of another version with 206 all the same. */
    @Test
    void aServerThatIgnoresIfRangeIsFoundOut() throws IOException {
        try (ScriptedServer server = new ScriptedServer((request, out) -> {
            int from = (int) request.from();
            ScriptedServer.head(
                    out,
                    from == 0 ? "200 OK" : "206 Partial Content",
                    "Content-Length: " + (SIZE - from),
                    "Content-Range: bytes %d-%d/%d".formatted(from, SIZE - 1, SIZE),
                    "ETag: \"%d\"".formatted(request.number() == 1 ? 1 : 2));
            out.write(version(request.number() == 1 ? 1 : 2), from, request.number() == 1 ? SIZE / 2 : SIZE - from);
        })) {
            assertThat(fetch(server, unchecked())).hasBinaryContent(version(2));
            assertThat(server.requests()).isEqualTo(3);
        }
    }

    @Test
    void goesOnWithMoreOfTheSameVersionInAnotherProcess() throws IOException {
        try (ScriptedServer server = new ScriptedServer((request, out) -> {
            int from = request.header("If-Range").equals("\"1\"") ? (int) request.from() : 0;
            ScriptedServer.head(
                    out,
                    from == 0 ? "200 OK" : "206 Partial Content",
                    "Content-Length: " + (SIZE - from),
                    "Content-Range: bytes %d-%d/%d".formatted(from, SIZE - 1, SIZE),
                    "ETag: \"1\"");
            out.write(version(1), from, SIZE - from);
        })) {
            Files.write(target(), Arrays.copyOf(version(1), 70_000));
            Unfinished.note(target(), "\"1\"");
            assertThat(fetch(server, unchecked())).hasBinaryContent(version(1));
            assertThat(temp.toFile().list()).containsExactly("target");
            // Without the note nobody knows which version the beginning is of.
            Files.write(target(), new byte[70_000]);
            assertThat(fetch(server, unchecked())).hasBinaryContent(version(1));
        }
    }

    @Test
    void whatNeverEndsIsBounded() throws IOException {
        try (ScriptedServer endless = new ScriptedServer((request, out) -> {
                    ScriptedServer.head(out, "200 OK");
                    byte[] block = new byte[1 << 16];
                    for (int i = 0; i < 1000; i++) {
                        out.write(block);
                    }
                });
                ScriptedServer huge = new ScriptedServer(
                        (request, out) -> ScriptedServer.head(out, "200 OK", "Content-Length: 900000000000"))) {
            for (ScriptedServer server : List.of(endless, huge)) {
                assertThatThrownBy(() -> fetch(server, Transfer.upTo("file", 1_000_000, Progress.NONE)))
                        .hasMessageContaining("more than 1,000,000 bytes");
                assertThat(server.requests()).isEqualTo(1);
                assertThat(temp).isEmptyDirectory();
            }
        }
    }

    @Test
    void numbersThatAreNoneAreRefused() throws IOException {
        for (String number :
                List.of("12345678901234567890", "99999999999999999999999999", "-5", "1e3", "9223372036854775808")) {
            try (ScriptedServer length = new ScriptedServer((request, out) -> {
                        ScriptedServer.head(out, "200 OK", "Content-Length: " + number);
                        out.write(version(1));
                    });
                    ScriptedServer range = new ScriptedServer((request, out) -> {
                        ScriptedServer.head(
                                out,
                                request.from() == 0 ? "200 OK" : "206 Partial Content",
                                "ETag: \"1\"",
                                "Content-Length: " + SIZE,
                                "Content-Range: bytes %s-%d/%d".formatted(number, SIZE - 1, SIZE));
                        out.write(version(1), 0, 10);
                    })) {
                for (ScriptedServer server : List.of(length, range)) {
                    assertThatThrownBy(() -> fetch(server, unchecked()))
                            .as(number)
                            .isInstanceOf(IOException.class);
                    Unfinished.discard(target());
                }
            }
        }
    }

    /** {@code /dev/full} is a disk that is always full. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has a file that is always full")
    void aFullDiskIsNotTriedAgainAndLeavesNothing() throws IOException {
        try (ScriptedServer server = new ScriptedServer((request, out) -> {
            ScriptedServer.head(out, "200 OK", "Content-Length: " + SIZE);
            out.write(version(1));
        })) {
            Files.createSymbolicLink(target(), Path.of("/dev/full"));
            assertThatThrownBy(() -> fetch(server, unchecked()))
                    .isInstanceOf(DiskSpace.Exhausted.class)
                    .hasMessageContaining("is full");
            assertThat(server.requests()).isEqualTo(1);
            assertThat(temp).isEmptyDirectory();
        }
        try (ScriptedServer server = new ScriptedServer(
                (request, out) -> ScriptedServer.head(out, "200 OK", "Content-Length: 900000000000000"))) {
            assertThatThrownBy(() -> fetch(server, unchecked()))
                    .isInstanceOf(DiskSpace.Exhausted.class)
                    .hasMessageContaining("900,000,000,000,000 are needed");
            assertThat(server.requests()).isEqualTo(1);
            assertThat(temp).isEmptyDirectory();
        }
    }

    @Test
    void aRedirectIsTakenAsBrowsersTakeIt() throws IOException {
        for (String location :
                List.of("there?a=[1] 2#x", "/dir/../file/there", "//%s/file/ü", "HTTP://%s/x y", "?again")) {
            try (ScriptedServer server = new ScriptedServer((request, out) -> {
                if (request.number() == 1) {
                    String host = request.header("Host");
                    ScriptedServer.head(
                            out,
                            "307 Temporary Redirect",
                            "Location: " + location.replace("%s", host),
                            "Content-Length: 0");
                } else {
                    ScriptedServer.head(out, "200 OK", "Content-Length: " + SIZE);
                    out.write(version(1));
                }
            })) {
                assertThat(fetch(server, unchecked())).as(location).hasBinaryContent(version(1));
                Unfinished.discard(target());
            }
        }
    }
}

package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while a model is being fetched. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill -INT")
class InterruptedPullTest {
    private static final int HALF = 1_000_000;

    @TempDir
    Path folder = Path.of("");

    private final byte[] content = new byte[2 * HALF];
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void leavesAResumableFileAndNothingThatLooksWhole() throws Exception {
        new Random(1).nextBytes(content);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        try {
            Path cards = folder.resolve("cards");
            String url =
                    "http://127.0.0.1:%d/model".formatted(server.getAddress().getPort());
            CardText.write(cards, "slow", content, url);
            ZooProcess zoo = new ZooProcess(folder.resolve("home"));

            Process pull = zoo.start("pull", "--catalog", cards.toString(), "slow");
            while (pull.isAlive() && !blobs(zoo).equals(List.of(HALF))) {
                Thread.sleep(5);
            }
            assumeFalse(
                    ignoresInterrupts(pull), "this process was started with SIGINT ignored, and so are its children");
            assertThat(new ProcessBuilder("kill", "-INT", Long.toString(pull.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(pull.waitFor()).isEqualTo(130);
            assertThat(blobs(zoo)).containsExactly(HALF);
            try (Stream<Path> files = Files.list(zoo.home().resolve("blobs"))) {
                assertThat(files).allMatch(file -> file.toString().endsWith(".part"));
            }
            assertThat(zoo.home().resolve("models")).doesNotExist();

            assertThat(zoo.run("pull", "--catalog", cards.toString(), "slow").exitCode())
                    .isZero();
            assertThat(ranges).containsExactly("", "bytes=%d-".formatted(HALF));
            Command verify = zoo.run("verify", "--catalog", cards.toString(), "slow");
            assertThat(verify.exitCode()).isZero();
            assertThat(verify.out()).startsWith("ok");
        } finally {
            end.countDown();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    /** Gives the first half and then nothing more; or, from a position on, the rest. */
    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(range == null ? "" : range);
        try (exchange) {
            if (range != null) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes %d-%d/%d".formatted(HALF, content.length - 1, content.length));
                exchange.sendResponseHeaders(206, HALF);
                exchange.getResponseBody().write(content, HALF, HALF);
                return;
            }
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, HALF);
            exchange.getResponseBody().flush();
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The sizes of the files in the store. */
    private static List<Integer> blobs(ZooProcess zoo) throws IOException {
        Path blobs = zoo.home().resolve("blobs");
        if (!Files.isDirectory(blobs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(blobs)) {
            return files.map(file -> (int) file.toFile().length()).toList();
        }
    }

    static boolean ignoresInterrupts(Process process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }
}

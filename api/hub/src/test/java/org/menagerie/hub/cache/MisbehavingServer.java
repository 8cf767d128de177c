package org.menagerie.hub.cache;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server with one file and a set of bad habits, each of its own seed. */
final class MisbehavingServer implements AutoCloseable {
    /** Bad habits. */
    enum Habit {
        /** The connection breaks after every 64 KB. */
        CUTS,
        /** Some requests are answered with 503 or 429. */
        UNAVAILABLE,
        /** Ranges are ignored: the whole file comes again. */
        NO_RANGES,
        /** A wrong Content-Length. */
        WRONG_LENGTH,
        /** One byte is wrong, in every answer. */
        WRONG_BYTES,
        /** Every address leads to another. */
        REDIRECT_LOOP,
        /** A few honest redirects first. */
        REDIRECTS,
        /** Headers, then hardly anything. */
        SLOW_DRIP,
        /** A pause after every 64 KB. */
        PACED,
        /** 404. */
        MISSING
    }

    private static final int CUT = 1 << 16;

    private final byte[] content;
    private final Set<Habit> habits;
    private final Random random;
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger wholeDownloads = new AtomicInteger();

    MisbehavingServer(byte[] content, Set<Habit> habits, long seed) throws IOException {
        this.content = content;
        this.habits = habits;
        this.random = new Random(seed);
        threads.execute(this::accept);
    }

    String url() {
        return "http://127.0.0.1:%d/file".formatted(socket.getLocalPort());
    }

    int requests() {
        return requests.get();
    }

    /** Answers that began with the first byte. */
    int wholeDownloads() {
        return wholeDownloads.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
                OutputStream out = connection.getOutputStream()) {
            String request = in.readLine();
            int from = 0;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                if (line.startsWith("Range: bytes=")) {
                    from = Integer.parseInt(line.substring("Range: bytes=".length(), line.length() - 1));
                }
            }
            if (request != null) {
                answer(out, request.split(" ")[1], from);
            }
        } catch (IOException | InterruptedException e) {
            // The client went away, which is its right.
            assert !socket.isClosed() || socket.isClosed();
        }
    }

    private void answer(OutputStream out, String path, int asked) throws IOException, InterruptedException {
        int request = requests.incrementAndGet();
        if (habits.contains(Habit.MISSING)) {
            send(out, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }
        boolean leadsOn =
                habits.contains(Habit.REDIRECT_LOOP) || (habits.contains(Habit.REDIRECTS) && path.length() < 8);
        if (leadsOn) {
            send(
                    out,
                    "HTTP/1.1 302 Found\r\nLocation: %sx\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .formatted(habits.contains(Habit.REDIRECT_LOOP) ? "/loop" : path));
            return;
        }
        if (habits.contains(Habit.UNAVAILABLE) && request % 3 != 0) {
            send(
                    out,
                    "HTTP/1.1 %s Sorry\r\nRetry-After: 0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .formatted(random.nextBoolean() ? "503" : "429"));
            return;
        }
        int from = habits.contains(Habit.NO_RANGES) ? 0 : asked;
        if (from == 0) {
            wholeDownloads.incrementAndGet();
        }
        int announced = content.length - from + (habits.contains(Habit.WRONG_LENGTH) ? random.nextInt(1000) - 500 : 0);
        send(
                out,
                from == 0
                        ? "HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n".formatted(announced)
                        : "HTTP/1.1 206 Partial\r\nContent-Length: %d\r\nContent-Range: bytes %d-%d/%d\r\nConnection: close\r\n\r\n"
                                .formatted(announced, from, content.length - 1, content.length));
        body(out, from);
    }

    private void body(OutputStream out, int from) throws IOException, InterruptedException {
        byte[] bytes = content.clone();
        if (habits.contains(Habit.WRONG_BYTES)) {
            bytes[from + random.nextInt(content.length - from)] ^= 1;
        }
        int end = habits.contains(Habit.CUTS) ? Math.min(content.length, from + CUT) : content.length;
        if (habits.contains(Habit.SLOW_DRIP)) {
            for (int i = from; i < Math.min(end, from + 20); i++) {
                out.write(bytes[i]);
                out.flush();
                Thread.sleep(20);
            }
            return;
        }
        int step = habits.contains(Habit.PACED) ? CUT : end - from;
        for (int at = from; at < end; at += step) {
            out.write(bytes, at, Math.min(step, end - at));
            out.flush();
            if (step == CUT) {
                Thread.sleep(5);
            }
        }
    }

    private static void send(OutputStream out, String head) throws IOException {
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}

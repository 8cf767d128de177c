package org.menagerie.hub.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.menagerie.spi.IntegrityException;

/**
 * Brings one file over HTTP: resumes where an earlier attempt stopped, tries again after broken connections, stalls, 429
 * and 5xx, and gives up at once on any other refusal. For one file and thread.
 */
final class HttpDownload {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MAX_REDIRECTS = 10;

    private final HttpClient client;
    private final HttpPolicy policy;
    private final URI uri;
    private final Map<String, String> headers;
    private final Path target;
    private final Transfer transfer;
    private long total;

    HttpDownload(
            HttpClient client,
            HttpPolicy policy,
            URI uri,
            Map<String, String> headers,
            Path target,
            Transfer transfer) {
        this.client = client;
        this.policy = policy;
        this.uri = uri;
        this.headers = headers;
        this.target = target;
        this.transfer = transfer;
        this.total = transfer.size();
    }

    /** A failure after which another attempt may succeed. */
    private static final class Passing extends IOException {
        private static final long serialVersionUID = 1L;
        private final Duration pause;

        Passing(String message, Duration pause) {
            super(message);
            this.pause = pause;
        }
    }

    /** Fetches the whole file. */
    Path run() throws IOException {
        long furthest = here();
        Duration pause = policy.firstPause();
        int fruitless = 0;
        while (true) {
            Duration asked = Duration.ZERO;
            String problem;
            try {
                attempt();
                return target;
            } catch (Passing e) {
                problem = e.getMessage();
                asked = e.pause;
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                if (e instanceof Refused) {
                    throw e;
                }
                problem = e.getMessage() == null ? e.toString() : e.getMessage();
            }
            if (here() - furthest >= policy.stallBytes()) {
                furthest = here();
                fruitless = 0;
                pause = policy.firstPause();
            } else if (++fruitless >= policy.attempts()) {
                throw new IOException("gave up after %d attempts: %s".formatted(fruitless, problem));
            }
            sleep(longer(pause, asked));
            pause = pause.multipliedBy(2);
        }
    }

    /** A failure that another attempt would meet again. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private void attempt() throws IOException {
        long from = here();
        if (total > 0 && from > total) {
            Files.delete(target);
            from = 0;
        }
        if (total > 0 && from == total) {
            return;
        }
        HttpResponse<InputStream> response = send(from);
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            if (status == 416 && from > 0) {
                Files.delete(target);
                throw new Passing("the server has no bytes after %,d".formatted(from), Duration.ZERO);
            }
            if (status == 206 && from > 0) {
                receive(body, from, resumedTotal(response, from));
            } else if (status == 200) {
                receive(
                        body,
                        0,
                        response.headers().firstValueAsLong("Content-Length").orElse(-1));
            } else if (status == 429 || status >= 500) {
                throw new Passing("HTTP " + status, retryAfter(response));
            } else if (status >= 300 && status < 400) {
                throw new Refused("the server redirects nowhere (HTTP %d)".formatted(status));
            } else {
                throw new Refused(
                        "HTTP %d%s".formatted(status, status == 401 || status == 403 ? ", access denied" : ""));
            }
        }
    }

    /** Asks, following redirects; what the headers hold is shown to the first host alone. */
    private HttpResponse<InputStream> send(long from) throws IOException {
        URI at = uri;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            HttpResponse<InputStream> response = ask(at, from);
            String location = response.headers().firstValue("Location").orElse("");
            if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
                return response;
            }
            response.body().close();
            URI next = resolve(at, location);
            if (at.getScheme().equals("https") && !next.getScheme().equals("https")) {
                throw new Refused("the server redirects from https to " + next.getScheme());
            }
            at = next;
        }
        throw new Refused("more than %d redirects".formatted(MAX_REDIRECTS));
    }

    private static URI resolve(URI base, String location) throws IOException {
        try {
            URI next = base.resolve(location);
            if (next.getHost() != null && next.getScheme().matches("https?")) {
                return next;
            }
        } catch (IllegalArgumentException e) {
            throw new Refused("the server redirects to '%s', which is no URL".formatted(location));
        }
        throw new Refused("the server redirects to '%s'".formatted(location));
    }

    private HttpResponse<InputStream> ask(URI at, long from) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at).timeout(policy.stall());
        boolean sameHost = at.getHost().equals(uri.getHost()) && at.getPort() == uri.getPort();
        headers.forEach((name, value) -> {
            if (sameHost || !name.equals("Authorization")) {
                request.header(name, value);
            }
        });
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        try {
            return client.send(request.build(), BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static long resumedTotal(HttpResponse<?> response, long from) throws IOException {
        Matcher range = CONTENT_RANGE.matcher(
                response.headers().firstValue("Content-Range").orElse(""));
        if (!range.matches() || Long.parseLong(range.group(1)) != from) {
            throw new Passing("the server answered with another range than was asked for", Duration.ZERO);
        }
        return range.group(2).equals("*") ? -1 : Long.parseLong(range.group(2));
    }

    private void receive(InputStream body, long from, long announced) throws IOException {
        if (transfer.size() > 0 && announced > 0 && announced != transfer.size()) {
            throw new IntegrityException(
                    "expected %,d bytes, the server announces %,d".formatted(transfer.size(), announced));
        }
        total = transfer.size() > 0 ? transfer.size() : announced;
        requireSpace(from);
        long here = from;
        byte[] buffer = new byte[1 << 16];
        try (StallGuard guard = new StallGuard(body, policy);
                OutputStream out = from > 0
                        ? Files.newOutputStream(target, StandardOpenOption.APPEND)
                        : Files.newOutputStream(target)) {
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                out.write(buffer, 0, n);
                here += n;
                guard.moved(n);
                transfer.moved(here, total);
                if (total > 0 && here > total) {
                    throw new IntegrityException("expected %,d bytes, the server sends more".formatted(total));
                }
            }
            guard.check();
        }
        if (total > 0 && here < total) {
            throw new Passing("the connection ended after %,d of %,d bytes".formatted(here, total), Duration.ZERO);
        }
    }

    private void requireSpace(long from) throws IOException {
        FileStore store = Files.getFileStore(target.toAbsolutePath().getParent());
        if (total > 0 && store.getUsableSpace() < total - from) {
            throw new Refused("the disk of %s has %,d bytes left, %,d are needed"
                    .formatted(target.getParent(), store.getUsableSpace(), total - from));
        }
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("");
        return seconds.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }

    private Duration longer(Duration a, Duration b) {
        Duration longer = a.compareTo(b) > 0 ? a : b;
        return longer.compareTo(policy.longestPause()) > 0 ? policy.longestPause() : longer;
    }

    private static void sleep(Duration pause) throws IOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted");
    }

    private long here() throws IOException {
        return Files.exists(target) ? Files.size(target) : 0;
    }
}

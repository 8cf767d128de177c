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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.menagerie.spi.IntegrityException;

/**
 * Brings one file over HTTP: resumes where an earlier attempt stopped, tries again after broken connections, stalls, 429
 * and 5xx, and gives up at once on any other refusal. For one file and thread.
 *
 * <p>A resumed request asks for more of the same version ({@code If-Range}). A file that nobody checks afterwards is resumed
 * only if the server names versions; otherwise it starts again.
 */
final class HttpDownload {
    /** Longer numbers than 18 digits are no sizes of files. */
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MAX_REDIRECTS = 20;

    /** Headers for the first host alone, in lower case. */
    private static final Set<String> SECRET = Set.of("authorization", "cookie", "proxy-authorization");

    private final HttpClient client;
    private final HttpPolicy policy;
    private final URI uri;
    private final Map<String, String> headers;
    private final Path target;
    private final Transfer transfer;
    private final boolean checked;
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
        this.checked = transfer.size() >= 0;
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
                Unfinished.finish(target);
                return target;
            } catch (Passing e) {
                problem = e.getMessage();
                asked = e.pause;
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                if (e instanceof DiskSpace.Exhausted) {
                    Unfinished.discard(target);
                }
                if (e instanceof Refused || e instanceof DiskSpace.Exhausted) {
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
        String version = Unfinished.note(target);
        if ((total > 0 && from > total) || (from > 0 && !checked && version.isEmpty())) {
            Unfinished.discard(target);
            from = 0;
        }
        if (total > 0 && from == total && checked) {
            return;
        }
        HttpResponse<InputStream> response = send(from, version);
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            if (status == 416 && from > 0) {
                Unfinished.discard(target);
                throw new Passing("the server has no bytes after %,d".formatted(from), Duration.ZERO);
            }
            if (status == 206 && from > 0) {
                requireSame(response, version);
                receive(body, from, resumedTotal(response, from), version);
            } else if (status == 200) {
                Unfinished.note(target, "");
                receive(body, 0, contentLength(response), version(response));
            } else if (status == 429 || status >= 500) {
                throw new Passing("HTTP " + status, retryAfter(response));
            } else if (status >= 300 && status < 400) {
                throw new Refused("the server redirects nowhere (HTTP %d)".formatted(status));
            } else {
                throw new Refused(refusal(response));
            }
        }
    }

    private static String refusal(HttpResponse<?> response) {
        int status = response.statusCode();
        String denied = status == 401 || status == 403 ? ", access denied" : "";
        // What the Hugging Face Hub says of it.
        String reason =
                response.headers().firstValue("X-Error-Message").orElse("").replaceAll("[^ -~]", " ");
        return "HTTP %d%s%s"
                .formatted(
                        status,
                        denied,
                        reason.isBlank()
                                ? ""
                                : ": "
                                        + reason.strip()
                                                .substring(
                                                        0,
                                                        Math.min(
                                                                200,
                                                                reason.strip().length())));
    }

    /** What the server calls the version of the file that it sends; empty if it has no name that a later request may use. */
    private static String version(HttpResponse<?> response) {
        String tag = response.headers().firstValue("ETag").orElse("");
        // A weak tag says that two versions mean the same, not that their bytes are the same.
        return tag.startsWith("\"")
                ? tag
                : response.headers().firstValue("Last-Modified").orElse("");
    }

    /** Fails if the server sends the rest of another version than the one that is here; some ignore {@code If-Range}. */
    private void requireSame(HttpResponse<?> response, String version) throws IOException {
        String sent = version(response);
        boolean other =
                checked ? !sent.isEmpty() && !version.isEmpty() && !sent.equals(version) : !sent.equals(version);
        if (other) {
            Unfinished.discard(target);
            throw new Passing("the file changed on the server while it was fetched", Duration.ZERO);
        }
    }

    private static long contentLength(HttpResponse<?> response) throws IOException {
        String length =
                response.headers().firstValue("Content-Length").orElse("").strip();
        if (length.isEmpty()) {
            return -1;
        }
        if (!length.matches("\\d{1,18}")) {
            throw new Refused("the server announces a length of '%s' bytes".formatted(shortened(length)));
        }
        return Long.parseLong(length);
    }

    private static String shortened(String text) {
        String plain = text.replaceAll("[^ -~]", " ");
        return plain.length() > 40 ? plain.substring(0, 40) + "…" : plain;
    }

    /** Asks, following redirects; what the headers hold is shown to the first host alone. */
    private HttpResponse<InputStream> send(long from, String version) throws IOException {
        URI at = uri;
        boolean trusted = true;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            HttpResponse<InputStream> response = ask(at, from, version, trusted);
            String location = response.headers().firstValue("Location").orElse("");
            if (!REDIRECTS.contains(response.statusCode()) || location.isBlank()) {
                return response;
            }
            response.body().close();
            URI next = next(at, location);
            if (at.getScheme().equals("https") && !next.getScheme().equals("https")) {
                throw new Refused("the server redirects from https to " + next.getScheme());
            }
            // Whoever has once sent us elsewhere may not get the token back by sending us home.
            trusted = trusted && WebAddress.sameOrigin(at, next);
            at = next;
        }
        throw new Refused("more than %d redirects".formatted(MAX_REDIRECTS));
    }

    private static URI next(URI base, String location) throws IOException {
        try {
            return WebAddress.resolve(base, location);
        } catch (IOException e) {
            throw new Refused(
                    "the server redirects to '%s', which is no URL of http or https".formatted(shortened(location)));
        }
    }

    private HttpResponse<InputStream> ask(URI at, long from, String version, boolean trusted) throws IOException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(at).timeout(policy.stall());
            headers.forEach((name, value) -> {
                if (trusted || !SECRET.contains(name.toLowerCase(Locale.ROOT))) {
                    request.header(name, value);
                }
            });
            if (from > 0) {
                request.header("Range", "bytes=" + from + "-");
                if (!version.isEmpty()) {
                    request.header("If-Range", version);
                }
            }
            return client.send(request.build(), BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (IllegalArgumentException e) {
            // Java's client says so of headers, its own and the server's, that it does not understand.
            throw new Refused(
                    "the request or its answer cannot be understood: " + shortened(String.valueOf(e.getMessage())));
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

    private void receive(InputStream body, long from, long announced, String version) throws IOException {
        requireExpected(announced);
        total = transfer.size() >= 0 ? transfer.size() : announced;
        long most = total >= 0 ? total : Math.min(transfer.limit(), Transfer.UNANNOUNCED);
        if (total > 0) {
            DiskSpace.require(target, total - from);
        }
        long here = from;
        byte[] buffer = new byte[1 << 16];
        try (StallGuard guard = new StallGuard(body, policy);
                OutputStream out = from > 0 ? DiskSpace.append(target) : DiskSpace.create(target)) {
            if (from == 0) {
                // After the old bytes went and before the new ones come.
                Unfinished.note(target, version);
            }
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                here += n;
                if (here > most) {
                    throw tooMuch(most);
                }
                out.write(buffer, 0, n);
                guard.moved(n);
                transfer.moved(here, total);
            }
            guard.check();
        }
        if (total > 0 && here < total) {
            throw new Passing("the connection ended after %,d of %,d bytes".formatted(here, total), Duration.ZERO);
        }
    }

    private void requireExpected(long announced) throws IOException {
        if (transfer.size() > 0 && announced > 0 && announced != transfer.size()) {
            throw new IntegrityException(
                    "expected %,d bytes, the server announces %,d".formatted(transfer.size(), announced));
        }
        if (announced > transfer.limit()) {
            throw tooMuch(transfer.limit());
        }
    }

    private IOException tooMuch(long most) throws IOException {
        if (checked) {
            throw new IntegrityException("expected %,d bytes, the server sends more".formatted(most));
        }
        Unfinished.discard(target);
        return new Refused("the server sends more than %,d bytes, the most that are taken of %s"
                .formatted(most, total >= 0 ? "such a file" : "a file whose size it does not announce"));
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

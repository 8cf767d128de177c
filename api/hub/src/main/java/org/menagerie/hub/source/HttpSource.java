package org.menagerie.hub.source;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code https://…} and {@code http://…}: a file on a web server, with the proxies of the JVM's settings. What arrives is
 * checked against the card, so plain HTTP is as safe.
 */
final class HttpSource implements Source {
    private static final Duration CONNECT = Duration.ofSeconds(20);

    private final String scheme;
    private final Http http;

    HttpSource(String scheme, Http http) {
        this.scheme = scheme;
        this.http = http;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public boolean remote() {
        return true;
    }

    @Override
    public Path fetch(String reference, Path target, Transfer transfer) throws IOException {
        return http.fetch(scheme + ":" + reference, Map.of(), target, transfer);
    }

    /** The client that all sources share, made when it is first needed. Thread-safe. */
    static final class Http {
        private final HttpPolicy policy;
        private @Nullable HttpClient client;

        Http(HttpPolicy policy) {
            this.policy = policy;
        }

        Path fetch(String uri, Map<String, String> headers, Path target, Transfer transfer) throws IOException {
            return new HttpDownload(client(), policy, WebAddress.parse(uri), headers, target, transfer).run();
        }

        private synchronized HttpClient client() {
            if (client == null) {
                ProxySelector proxies = ProxySelector.getDefault();
                HttpClient.Builder builder = HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT);
                client = (proxies == null ? builder : builder.proxy(proxies)).build();
            }
            return client;
        }
    }
}

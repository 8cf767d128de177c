package org.menagerie.hub.input;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.OfflineException;

/** Fetches an input that an argument names by its URL; nothing is kept. */
final class InputDownload {
    private InputDownload() {}

    static byte[] fetch(String url, boolean offline, int mostBytes) throws IOException, InterruptedException {
        if (offline) {
            throw new OfflineException("%s is not on this machine and the network may not be used".formatted(url));
        }
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
        HttpResponse<InputStream> response;
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(Duration.ofSeconds(60))
                    .build();
            response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("%s is not a URL: %s".formatted(url, e.getMessage()), e);
        } catch (IOException e) {
            throw new InvalidInputException("%s cannot be fetched: %s".formatted(url, e), e);
        }
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new InvalidInputException("%s cannot be fetched: HTTP %d".formatted(url, response.statusCode()));
            }
            return Inputs.bounded(body, url, mostBytes);
        }
    }
}

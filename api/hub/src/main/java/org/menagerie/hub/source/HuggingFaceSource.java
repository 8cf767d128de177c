package org.menagerie.hub.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code hf:org/repo@revision/path}: a file of a repository in Hugging Face's layout, at {@code
 * ENDPOINT/org/repo/resolve/revision/path}.
 *
 * <p>{@code HF_ENDPOINT} names the server; {@code HF_TOKEN}, if set, is sent to it and to no other.
 */
final class HuggingFaceSource implements Source {
    private static final Pattern REFERENCE = Pattern.compile("([^/@]+/[^/@]+)(?:@([^/]+))?/(.+)");

    private final HttpSource.Http http;
    private final Map<String, String> environment;

    HuggingFaceSource(HttpSource.Http http, Map<String, String> environment) {
        this.http = http;
        this.environment = environment;
    }

    @Override
    public String scheme() {
        return "hf";
    }

    @Override
    public boolean remote() {
        return true;
    }

    @Override
    public Path fetch(String reference, Path target, Transfer transfer) throws IOException {
        String token = environment.getOrDefault("HF_TOKEN", "");
        Map<String, String> headers = token.isBlank() ? Map.of() : Map.of("Authorization", "Bearer " + token.strip());
        return http.fetch(url(reference), headers, target, transfer);
    }

    String url(String reference) throws IOException {
        Matcher parts = REFERENCE.matcher(reference);
        if (!parts.matches()) {
            throw new IOException("expected 'hf:org/repo@revision/path', found 'hf:%s'".formatted(reference));
        }
        String endpoint = environment.getOrDefault("HF_ENDPOINT", "").strip();
        if (endpoint.isEmpty()) {
            throw new IOException("no server is set for 'hf:' sources; set HF_ENDPOINT to the hub's address");
        }
        String revision = parts.group(2) == null ? "main" : parts.group(2);
        return "%s/%s/resolve/%s/%s"
                .formatted(
                        endpoint.replaceAll("/+$", ""),
                        parts.group(1),
                        revision,
                        parts.group(3).replace(" ", "%20"));
    }
}

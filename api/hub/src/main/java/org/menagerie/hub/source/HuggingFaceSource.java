package org.menagerie.hub.source;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code hf:org/repo@revision/path}: a file of a repository in Hugging Face's layout, at {@code
 * ENDPOINT/org/repo/resolve/revision/path}. Names are taken as they stand: {@code #}, {@code ?}, {@code %} and brackets need
 * no escape.
 *
 * <p>A revision is a branch, a tag, a commit or {@code refs/pr/NUMBER}; without one it is {@code main}. A slash in the name of
 * a branch is written {@code %2F}. {@code HF_ENDPOINT} names another server than the public one; {@code HF_TOKEN}, if set, is
 * sent to that server and to no other.
 */
final class HuggingFaceSource implements Source {
    static final String PUBLIC_ENDPOINT = "https://huggingface.co";

    private static final Pattern REFERENCE = Pattern.compile(
            "([^/@]+/[^/@]+|[^/@]+(?=@))(?:@(refs/convert/[^/]+|refs/pr/\\d+|[^/]+))?/(.+)", Pattern.DOTALL);

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
        String token = environment.getOrDefault("HF_TOKEN", "").strip();
        if (!token.matches("[!-~]*")) {
            throw new IOException("HF_TOKEN holds a character that no token has; set it anew");
        }
        Map<String, String> headers = token.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + token);
        return http.fetch(url(reference), headers, target, transfer);
    }

    String url(String reference) throws IOException {
        Matcher parts = REFERENCE.matcher(reference);
        if (!parts.matches()) {
            throw new IOException("expected 'hf:org/repo@revision/path', found 'hf:%s'".formatted(reference));
        }
        String endpoint = environment.getOrDefault("HF_ENDPOINT", "").strip().replaceAll("/+$", "");
        return "%s/%s/resolve/%s/%s"
                .formatted(
                        endpoint.isEmpty() ? PUBLIC_ENDPOINT : endpoint,
                        Part.REPOSITORY.check(parts.group(1)),
                        WebAddress.escaped(revision(parts.group(2))).replace("/", "%2F"),
                        WebAddress.escaped(Part.PATH.check(parts.group(3))));
    }

    private static String revision(@Nullable String given) throws IOException {
        if (given == null) {
            return "main";
        }
        try {
            return Part.REVISION.check(URLDecoder.decode(given.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IOException("'%s' must be a revision; a '%%' in it is written '%%25'".formatted(given), e);
        }
    }
}

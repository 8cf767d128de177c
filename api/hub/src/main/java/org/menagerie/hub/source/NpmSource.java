package org.menagerie.hub.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.menagerie.spi.IntegrityException;

/**
 * {@code npm:@scope/name@version}: a package's archive from the registry that npm is configured with, checked against the
 * package's integrity hash.
 */
final class NpmSource implements Source {
    private static final Pattern REFERENCE = Pattern.compile("(@[^/@]+/[^/@]+|[^/@]+)@([^/@]+)");
    /** The longest list of versions that a registry's popular packages have is a third of it. */
    private static final long MOST_DOCUMENT = 64L << 20;

    private static final List<String> ALGORITHMS = List.of("sha512", "sha384", "sha256", "sha1");

    private final HttpSource.Http http;
    private final Supplier<NpmConfig> config;

    NpmSource(HttpSource.Http http, Supplier<NpmConfig> config) {
        this.http = http;
        this.config = config;
    }

    @Override
    public String scheme() {
        return "npm";
    }

    @Override
    public boolean remote() {
        return true;
    }

    @Override
    public Path fetch(String reference, Path target, Transfer transfer) throws IOException {
        Matcher parts = REFERENCE.matcher(reference);
        if (!parts.matches()) {
            throw new IOException("expected 'npm:name@version!/path', found 'npm:%s'".formatted(reference));
        }
        Part.NPM_NAME.check(parts.group(1));
        Part.VERSION.check(parts.group(2));
        NpmConfig npm = config.get();
        String registry = npm.registry(parts.group(1));
        JsonNode dist = distribution(npm, registry, parts.group(1), parts.group(2), target, transfer);
        String archive = dist.path("tarball").asText();
        Path fetched = http.fetch(archive, npm.headers(archive), target, transfer.of(reference));
        check(fetched, dist);
        return fetched;
    }

    /** The block {@code dist} of a version in the package's document. */
    private JsonNode distribution(
            NpmConfig npm, String registry, String name, String version, Path target, Transfer transfer)
            throws IOException {
        String url = registry + name.replace("/", "%2f");
        Map<String, String> headers = new LinkedHashMap<>(npm.headers(url));
        headers.put("Accept", "application/vnd.npm.install-v1+json, application/json");
        Path document = target.resolveSibling(target.getFileName() + ".json");
        Files.deleteIfExists(document);
        try {
            http.fetch(url, headers, document, transfer.of(name, MOST_DOCUMENT));
            JsonNode dist = NpmDocument.distribution(document, version);
            if (dist.path("tarball").asText().isEmpty()) {
                throw new IOException("the registry's package %s has no version %s".formatted(name, version));
            }
            return dist;
        } catch (JsonProcessingException e) {
            throw new IOException("the registry's answer for %s is not JSON".formatted(name), e);
        } finally {
            Unfinished.discard(document);
        }
    }

    /** Checks the strongest hash that the registry states. */
    private static void check(Path archive, JsonNode dist) throws IOException {
        Map<String, byte[]> stated = new LinkedHashMap<>();
        for (String hash : dist.path("integrity").asText().strip().split("\\s+")) {
            int dash = hash.indexOf('-');
            if (dash > 0) {
                stated.put(
                        hash.substring(0, dash),
                        decoded(hash.substring(dash + 1).replaceAll("\\?.*", "")));
            }
        }
        String sha1 = dist.path("shasum").asText();
        if (sha1.matches("[0-9a-f]{40}")) {
            stated.putIfAbsent("sha1", HexFormat.of().parseHex(sha1));
        }
        for (String algorithm : ALGORITHMS) {
            byte[] expected = stated.get(algorithm);
            if (expected != null) {
                if (!Arrays.equals(expected, digest(archive, algorithm))) {
                    Unfinished.discard(archive);
                    throw new IntegrityException(
                            "the archive does not have the %s that the registry states".formatted(algorithm));
                }
                return;
            }
        }
        throw new IOException("the registry states no integrity hash");
    }

    private static byte[] decoded(String hash) throws IOException {
        try {
            return Base64.getDecoder().decode(hash);
        } catch (IllegalArgumentException e) {
            throw new IOException("the registry states an integrity hash that is not in base 64", e);
        }
    }

    private static byte[] digest(Path file, String algorithm) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance(algorithm.replaceFirst("sha", "SHA-"));
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has " + algorithm, e);
        }
    }
}

package org.menagerie.hub.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What npm is configured with: the registry of a scope, and what to show it.
 *
 * <p>Read as npm reads it: {@code npm_config_*} in the environment, {@code .npmrc} of the working folder, then of the user,
 * with <code>${VARIABLE}</code> replaced. Where none names a registry, {@code npm} itself is asked.
 */
final class NpmConfig {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

    private static final long MOST_SETTINGS = 1 << 20;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> environment;

    NpmConfig(Map<String, String> environment, Path workingFolder, Path home) {
        this.environment = environment;
        Path user = Path.of(variable("userconfig", home.resolve(".npmrc").toString()));
        read(user);
        read(workingFolder.resolve(".npmrc"));
    }

    private String variable(String key, String otherwise) {
        String lower = environment.getOrDefault("npm_config_" + key, "");
        String upper = environment.getOrDefault(("npm_config_" + key).toUpperCase(Locale.ROOT), "");
        return !lower.isBlank() ? lower : !upper.isBlank() ? upper : otherwise;
    }

    private void read(Path file) {
        List<String> lines;
        try {
            lines = Files.exists(file)
                    ? SmallFile.read(file, MOST_SETTINGS).lines().toList()
                    : List.of();
        } catch (IOException e) {
            // npm ignores a configuration that it cannot read.
            lines = List.of();
        }
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#") && !line.startsWith(";")) {
                String value = line.substring(equals + 1).strip().replaceAll("^\"(.*)\"$", "$1");
                values.put(line.substring(0, equals).strip(), expanded(value));
            }
        }
    }

    private String expanded(String value) {
        return VARIABLE.matcher(value)
                .replaceAll(match -> Matcher.quoteReplacement(environment.getOrDefault(match.group(1), match.group())));
    }

    /**
     * The registry of a package, ending in {@code /}.
     *
     * @throws IOException if none is configured and npm cannot be asked
     */
    String registry(String packageName) throws IOException {
        String scope = packageName.startsWith("@") ? packageName.substring(0, packageName.indexOf('/')) : "";
        String configured = values.getOrDefault(scope + ":registry", "");
        if (configured.isBlank()) {
            configured = variable("registry", values.getOrDefault("registry", ""));
        }
        String registry = configured.isBlank() ? askNpm() : configured;
        return registry.endsWith("/") ? registry : registry + "/";
    }

    private static String askNpm() throws IOException {
        String npm = System.getProperty("os.name", "").startsWith("Windows") ? "npm.cmd" : "npm";
        String remedy = "no npm registry is configured; set npm_config_registry, or install npm";
        try {
            Process process = new ProcessBuilder(npm, "config", "get", "registry")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(30, TimeUnit.SECONDS) || !answer.startsWith("http")) {
                throw new IOException(remedy);
            }
            return answer;
        } catch (IOException e) {
            throw new IOException(remedy, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The header that a registry or one of its files wants, from {@code //host/path/:_authToken} and its kin. */
    Map<String, String> headers(String url) throws IOException {
        for (String at = url.replaceFirst("^https?:", ""); at.length() > 2; at = parent(at)) {
            String slashed = at.endsWith("/") ? at : at + "/";
            String token = values.getOrDefault(slashed + ":_authToken", "");
            if (!token.isEmpty()) {
                return Map.of("Authorization", "Bearer " + token);
            }
            String basic = values.getOrDefault(slashed + ":_auth", "");
            String user = values.getOrDefault(slashed + ":username", "");
            if (!user.isEmpty()) {
                String pair = user + ":" + password(slashed);
                basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            }
            if (!basic.isEmpty()) {
                return Map.of("Authorization", "Basic " + basic);
            }
        }
        return Map.of();
    }

    private String password(String slashed) throws IOException {
        try {
            byte[] password = Base64.getDecoder().decode(values.getOrDefault(slashed + ":_password", ""));
            return new String(password, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IOException("the _password of %s in .npmrc is not in base 64".formatted(slashed), e);
        }
    }

    /** Without its last part: {@code //host/a/b} to {@code //host/a} to {@code //host} to nothing. */
    private static String parent(String url) {
        int slash = url.replaceAll("/+$", "").lastIndexOf('/');
        return slash <= 1 ? "" : url.substring(0, slash);
    }
}

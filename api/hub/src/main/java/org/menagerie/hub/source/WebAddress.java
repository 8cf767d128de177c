package org.menagerie.hub.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Web addresses as browsers and curl take them: characters that an address may not hold are escaped instead of refused, and
 * what a server redirects to may be relative in every way.
 */
public final class WebAddress {
    private static final Pattern ABSOLUTE =
            Pattern.compile("(?i)(https?)://([^/?#]*)([^?#]*)(\\?[^#]*)?(?:#.*)?", Pattern.DOTALL);
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    /** What a path may hold beside letters and digits. */
    private static final String PATH = "-._~!$&'()*+,;=:@/";

    private static final String QUERY = PATH + "?[]";
    private static final String LITERAL = "-._~/";

    private WebAddress() {}

    /**
     * Parses an address.
     *
     * @throws IOException if it is none, or is of another protocol than http and https
     */
    public static URI parse(String text) throws IOException {
        return parse(text, StandardCharsets.UTF_8);
    }

    private static URI parse(String text, Charset charset) throws IOException {
        Matcher parts = ABSOLUTE.matcher(text.strip());
        if (!parts.matches()) {
            throw new IOException("'%s' is not a URL of http or https".formatted(text));
        }
        String query =
                parts.group(4) == null ? "" : "?" + escaped(parts.group(4).substring(1), QUERY, charset, true);
        String address = parts.group(1).toLowerCase(Locale.ROOT)
                + "://"
                + host(parts.group(2), text)
                + escaped(withoutDots(parts.group(3)), PATH, charset, true)
                + query;
        try {
            URI uri = new URI(address);
            if (uri.getHost() == null) {
                throw new IOException("'%s' names no host, or one whose name Java does not take".formatted(text));
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IOException("'%s' is not a URL: %s".formatted(text, e.getReason()), e);
        }
    }

    private static String host(String authority, String text) throws IOException {
        if (authority.chars().allMatch(c -> c > ' ' && c < 127)) {
            return authority;
        }
        try {
            int port = authority.lastIndexOf(':');
            return port < 0
                    ? IDN.toASCII(authority)
                    : IDN.toASCII(authority.substring(0, port)) + authority.substring(port);
        } catch (IllegalArgumentException e) {
            throw new IOException("'%s' names a host that cannot be".formatted(text), e);
        }
    }

    /** Where a server leads that answers a request for {@code base} with a header {@code Location}. */
    static URI resolve(URI base, String location) throws IOException {
        String to = location.strip();
        String origin = base.getScheme() + "://" + base.getRawAuthority();
        String path = base.getRawPath() == null || base.getRawPath().isEmpty() ? "/" : base.getRawPath();
        String address;
        if (SCHEME.matcher(to).matches()) {
            address = to;
        } else if (to.startsWith("//")) {
            address = base.getScheme() + ":" + to;
        } else if (to.startsWith("/")) {
            address = origin + to;
        } else if (to.startsWith("?")) {
            address = origin + path + to;
        } else {
            address = origin + path.substring(0, path.lastIndexOf('/') + 1) + to;
        }
        // A header arrives as one character a byte; whatever encoding its server meant, the bytes stay as they are.
        boolean bytes = address.chars().allMatch(c -> c < 256);
        return parse(address, bytes ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    /** A name that is taken as it stands, as a part of an address: everything but letters, digits and {@code -._~/} escaped. */
    static String escaped(String name) {
        return escaped(name, LITERAL, StandardCharsets.UTF_8, false);
    }

    private static String escaped(String text, String allowed, Charset charset, boolean keepEscapes) {
        byte[] bytes = text.getBytes(charset);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || allowed.indexOf(c) >= 0);
            boolean escape = keepEscapes
                    && c == '%'
                    && i + 2 < bytes.length
                    && Character.digit(bytes[i + 1], 16) >= 0
                    && Character.digit(bytes[i + 2], 16) >= 0;
            if (plain || escape) {
                out.write(c);
            } else {
                out.writeBytes("%%%02X".formatted((int) c).getBytes(StandardCharsets.US_ASCII));
            }
        }
        return out.toString(StandardCharsets.US_ASCII);
    }

    /** The path without {@code .} and {@code ..}, which never lead above the root. */
    private static String withoutDots(String path) {
        if (!path.contains("/.")) {
            return path;
        }
        Deque<String> kept = new ArrayDeque<>();
        String[] parts = path.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean up = parts[i].equals("..");
            if (up) {
                kept.pollLast();
            }
            if (!up && !parts[i].equals(".")) {
                kept.add(parts[i]);
            } else if (i == parts.length - 1) {
                kept.add("");
            }
        }
        return "/" + String.join("/", kept);
    }

    /** True if what was shown to the one may be shown to the other: the same host, and no step down from https. */
    static boolean sameOrigin(URI a, URI b) {
        boolean upgrade =
                a.getScheme().equals("http") && b.getScheme().equals("https") && port(a) == 80 && port(b) == 443;
        boolean same = a.getScheme().equals(b.getScheme()) && port(a) == port(b);
        return a.getHost().equalsIgnoreCase(b.getHost()) && (same || upgrade);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    }
}

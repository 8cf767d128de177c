package org.menagerie.hub.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The right values are those of Python's urllib3 and requests, and of RFC 3986, section 5.4. */
class WebAddressTest {
    @ParameterizedTest
    @CsvSource({
        "https://h/a b.onnx, https://h/a%20b.onnx",
        "https://h/a%20b.onnx, https://h/a%20b.onnx",
        "https://h/100%.onnx, https://h/100%25.onnx",
        "https://h/a[1].onnx, https://h/a%5B1%5D.onnx",
        "HTTPS://h/a|b?c=d|e#f, https://h/a%7Cb?c=d%7Ce",
        "https://h/ü.onnx, https://h/%C3%BC.onnx",
        "https://h/a/../b/./c, https://h/b/c",
        "https://h/../../b, https://h/b",
        "https://münchen.example/x, https://xn--mnchen-3ya.example/x",
    })
    void addressesAreTakenAsBrowsersTakeThem(String given, String expected) throws IOException {
        assertThat(WebAddress.parse(given)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "g, http://a/b/c/g",
        "./g, http://a/b/c/g",
        "g/, http://a/b/c/g/",
        "/g, http://a/g",
        "//g, http://g",
        "?y, http://a/b/c/d;p?y",
        "g?y, http://a/b/c/g?y",
        "g;x=1/../y, http://a/b/c/y",
        "../g, http://a/b/g",
        "../../../g, http://a/g",
        "g#s, http://a/b/c/g",
        "https://h/x y, https://h/x%20y",
    })
    void redirectsMayBeRelative(String location, String expected) throws IOException {
        assertThat(WebAddress.resolve(URI.create("http://a/b/c/d;p?q"), location))
                .hasToString(expected);
    }

    @Test
    void theBytesOfARedirectStayAsTheyAre() throws IOException {
        // As Java's client hands them out: one character a byte.
        String utf8 = new String("/ü".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(WebAddress.resolve(URI.create("http://a/b"), utf8)).hasToString("http://a/%C3%BC");
    }

    @Test
    void otherProtocolsAreRefused() {
        for (String location :
                List.of("ftp://h/x", "file:///etc/passwd", "javascript:alert(1)", "data:,x", "http://", "https:x")) {
            assertThatThrownBy(() -> WebAddress.resolve(URI.create("http://a/b"), location))
                    .as(location)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void oneOriginIsOneSchemeHostAndPort() throws IOException {
        URI home = WebAddress.parse("https://h/x");
        assertThat(WebAddress.sameOrigin(home, WebAddress.parse("https://H:443/y")))
                .isTrue();
        for (String other :
                List.of("https://h:444/x", "https://h.evil/x", "http://h/x", "https://evil/x", "https://h@evil/x")) {
            assertThat(WebAddress.sameOrigin(home, WebAddress.parse(other)))
                    .as(other)
                    .isFalse();
        }
        assertThat(WebAddress.sameOrigin(WebAddress.parse("http://h/x"), home)).isTrue();
    }
}

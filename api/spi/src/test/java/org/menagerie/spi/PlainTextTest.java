package org.menagerie.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void byteOrderMarksAreNotPartOfTheText() {
        String text = "Grüße 🌳\nzwei";
        for (var charset : new java.nio.charset.Charset[] {
            StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE
        }) {
            assertThat(PlainText.decode(("\uFEFF" + text).getBytes(charset), "a.txt"))
                    .as("%s", charset)
                    .isEqualTo(text);
        }
        assertThat(PlainText.decode(text.getBytes(StandardCharsets.UTF_8), "a.txt"))
                .isEqualTo(text);
        assertThat(PlainText.decode("a\uFEFFb".getBytes(StandardCharsets.UTF_8), "a.txt"))
                .isEqualTo("a\uFEFFb");
        assertThat(PlainText.decode(new byte[0], "a.txt")).isEmpty();
    }

    @Test
    void otherEncodingsAreRefused() {
        assertThatThrownBy(() -> PlainText.decode("für".getBytes(StandardCharsets.ISO_8859_1), "a.txt"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("a.txt is not UTF-8 text: byte 2 does not belong; convert it to UTF-8, for example with"
                        + " iconv");
        assertThatThrownBy(() -> PlainText.decode(new byte[] {'a', (byte) 0xe2, (byte) 0x82}, "a.txt"))
                .hasMessageContaining("byte 2 does not belong");
        assertThatThrownBy(() -> PlainText.decode(new byte[] {(byte) 0xff, (byte) 0xfe, 65, 0, 66}, "a.txt"))
                .hasMessageContaining("a.txt is not UTF-16LE text");
    }
}

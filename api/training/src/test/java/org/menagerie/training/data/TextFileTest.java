package org.menagerie.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.spi.IntegrityException;
import org.menagerie.spi.InvalidInputException;

/** Texts as segments of characters. */
class TextFileTest {
    @TempDir
    Path folder = Path.of("");

    /** 100 blocks of 300 characters, of which a block has one letter; two rare characters at the start. */
    private static String text() {
        StringBuilder text = new StringBuilder();
        for (int block = 0; block < 100; block++) {
            String letter = Character.toString((char) ('a' + block % 20));
            text.append(letter.repeat(300));
        }
        return text.replace(0, 2, "€!").toString();
    }

    private Splits open(String name, byte[] content, String options) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, content);
        return TextFile.anyFile().open(file + options, DataFiles.NONE);
    }

    private static String read(Dataset part, int... segments) {
        return Arrays.stream(Column.in(part.batch(segments), "text").toLongArray())
                .mapToObj(token -> part.info().labels().get((int) token))
                .collect(Collectors.joining());
    }

    @Test
    void blocksMakeThePartsAndSegmentsOverlapByOneCharacter() throws IOException {
        Splits splits = open("text.txt", text().getBytes(StandardCharsets.UTF_8), ",length=299");
        assertThat(splits.train().size()).isEqualTo((90 * 300 - 1) / 299);
        assertThat(splits.train().isContinuous()).isTrue();
        assertThat(read(splits.train(), 0))
                .startsWith("\uFFFD\uFFFDaaa")
                .endsWith("aaa")
                .hasSize(300);
        assertThat(read(splits.train(), 1)).isEqualTo("a" + "b".repeat(299));
        assertThat(splits.train().info().labels()).hasSize(19).startsWith("\uFFFD", "a", "b");
        assertThat(read(splits.validation(), 0)).isEqualTo("\uFFFD".repeat(257));
        assertThat(splits.test().size()).isEqualTo((5 * 300 - 1) / 256);
        assertThat(Column.in(splits.test().batch(3, 1), "segment").toLongArray())
                .containsExactly(3, 1);
    }

    @Test
    void compressedTextsAreRead() throws IOException {
        Path file = folder.resolve("text.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text().getBytes(StandardCharsets.UTF_8));
        }
        Splits compressed = TextFile.anyFile().open(file.toString(), DataFiles.NONE);
        Splits plain = open("text.txt", text().getBytes(StandardCharsets.UTF_8), "");
        assertThat(compressed.train().info().sha256())
                .isEqualTo(plain.train().info().sha256());
    }

    @Test
    void whatCannotBeReadIsSaid() throws IOException {
        assertThatThrownBy(() -> TextFile.anyFile().open("", DataFiles.NONE))
                .isInstanceOf(DataSpecificationException.class)
                .hasMessageContaining("text:FILE,length=128");
        assertThatThrownBy(() -> TextFile.anyFile().open(folder + "/none.txt", DataFiles.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("none.txt' does not exist");
        assertThatThrownBy(() -> open("short.txt", "too short".getBytes(StandardCharsets.UTF_8), ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a segment needs 257");
        Path other = Files.writeString(folder.resolve("other.txt"), text());
        assertThatThrownBy(() -> TextFile.jargon().open(other.toString(), DataFiles.NONE))
                .isInstanceOf(IntegrityException.class)
                .hasMessageContaining("is not the Jargon File 4.4.7");
        assertThatThrownBy(() -> open("zero.txt", new byte[0], ",length=0"))
                .isInstanceOf(DataSpecificationException.class)
                .hasMessageContaining("a number of characters from 1");
    }
}

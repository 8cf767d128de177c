package org.menagerie.hub.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.hub.input.Inputs.Found;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.input.InputKind;
import org.menagerie.spi.input.InputLimit;
import org.menagerie.spi.input.NamedInput;

class InputsTest {
    /** The number of bytes of a file. */
    private static final InputKind<Integer> LENGTHS = new InputKind<>(
                    Integer.class, "length", "lengths", List.of("bin"), (bytes, name, limit) ->
                            (int) Math.min(limit, bytes.length))
            .limited(new InputLimit("bytes", 4, 10));

    @TempDir
    Path folder = Path.of("");

    private static List<Integer> read(List<Found<Integer>> found) throws Exception {
        java.util.ArrayList<Integer> read = new java.util.ArrayList<>();
        for (Found<Integer> one : found) {
            read.add(one.read().call());
        }
        return read;
    }

    @Test
    void filesOfTheKindsEndingsAreReadInFolders() throws Exception {
        Files.write(folder.resolve("b.BIN"), new byte[2]);
        Files.write(folder.resolve("a.bin"), new byte[3]);
        Files.write(folder.resolve("c.txt"), new byte[1]);
        Inputs<Integer> inputs = new Inputs<>(LENGTHS, true);
        assertThat(read(inputs.files(folder.toString()))).containsExactly(3, 2);
        assertThat(read(inputs.files(folder + "/*.txt"))).containsExactly(1);
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThatThrownBy(() -> inputs.files(empty.toString()))
                .hasMessage("The folder %s holds no lengths".formatted(empty));
        assertThatThrownBy(() -> inputs.files("none.bin"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage("No such file: none.bin");
    }

    @Test
    void limitsAreChosenWithinTheKinds() throws Exception {
        Files.write(folder.resolve("a.bin"), new byte[20]);
        Inputs<Integer> inputs = new Inputs<>(LENGTHS, true);
        assertThat(read(inputs.files(folder.toString()))).containsExactly(4);
        assertThat(read(inputs.withLimit(10).files(folder.toString()))).containsExactly(10);
        assertThatThrownBy(() -> inputs.withLimit(11)).hasMessage("The most bytes of a length must be 1 to 10, not 11");
    }

    @Test
    void aFileMayHoldSeveralInputs() throws Exception {
        InputKind<Integer> words = LENGTHS.several((bytes, name) ->
                List.of(new NamedInput<>(name + ":1", (int) bytes[0]), new NamedInput<>(name + ":2", (int) bytes[1])));
        InputStream in = new ByteArrayInputStream("ab".getBytes(StandardCharsets.US_ASCII));
        List<Found<Integer>> found = new Inputs<>(words, true).stream(in, "-", "Standard input");
        assertThat(found).extracting(Found::name).containsExactly("-:1", "-:2");
        assertThat(read(found)).containsExactly(97, 98);
    }

    @Test
    void typesThatNoPluginReadsAreErrors() {
        assertThatThrownBy(() -> Inputs.kind(String.class, List.of(LENGTHS)))
                .isInstanceOf(ZooException.class)
                .hasMessage("No plugin reads inputs of type java.lang.String; there are [lengths]");
    }

    @Test
    void nothingIsFetchedOffline() {
        assertThatThrownBy(() -> read(new Inputs<>(LENGTHS, true).url("https://example.org/a.bin")))
                .hasMessage("https://example.org/a.bin is not on this machine and the network may not be used");
    }

    @Test
    void emptyFilesAreNoInput() throws Exception {
        Files.write(folder.resolve("a.bin"), new byte[0]);
        assertThatThrownBy(() -> read(new Inputs<>(LENGTHS, true).files(folder.toString())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith("a.bin is empty");
    }

    @Test
    void anEndlessStreamIsBounded() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] into, int from, int count) {
                return count;
            }
        };
        assertThatThrownBy(() -> Inputs.bounded(endless, "-", 10_000_000)).hasMessage("- is larger than 10.0 MB");
    }
}

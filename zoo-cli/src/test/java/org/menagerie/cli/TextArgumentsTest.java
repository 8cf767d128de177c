package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.modality.cv.Image;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.option.InputReader;
import org.menagerie.cli.option.InputReader.Reading;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.hub.input.Inputs.Found;
import org.menagerie.spi.InvalidInputException;

/** What an argument of a model that takes texts is taken for. */
class TextArgumentsTest {
    private static final Zoo ZOO = Zoo.open(ZooOptions.defaults().withOffline(true));

    @TempDir
    Path folder = Path.of("");

    private final List<String> remarks = new ArrayList<>();

    private List<String> texts(Reading reading, String... arguments) throws Exception {
        return texts(InputStream.nullInputStream(), reading, arguments);
    }

    private List<String> texts(InputStream standardInput, Reading reading, String... arguments) throws Exception {
        List<String> texts = new ArrayList<>();
        InputReader<String> reader = new InputReader<>(ZOO.inputs(String.class), standardInput);
        for (Found<String> input : reader.find(List.of(arguments), reading, remarks::add)) {
            texts.add(input.read().call());
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "menagerie",
                "and/or",
                "What? A [sic] {star} *",
                "e.g.",
                "node.js",
                "See notes.txt, please.",
                "Über",
                "https://example.org is down",
                "\0"
            })
    void aTextIsAText(String text) throws Exception {
        assertThat(texts(Reading.BY_LOOK, text)).containsExactly(text);
        assertThat(remarks).isEmpty();
    }

    @Test
    void aWordIsATextEvenIfAFolderOrAFileHasThatName() throws Exception {
        // Maven runs tests in the module's folder, which has a folder "src".
        assertThat(Files.isDirectory(Path.of("src"))).isTrue();
        assertThat(texts(Reading.BY_LOOK, "src")).containsExactly("src");
        assertThat(remarks).containsExactly("'src' is taken for a text; --file reads the folder of that name");
        assertThatThrownBy(() -> texts(Reading.FILES, "src")).hasMessage("The folder src holds no texts");
    }

    @Test
    void aFileIsReadLineByLineAndSaid() throws Exception {
        assertThat(texts(Reading.BY_LOOK, "pom.xml")).contains("</project>");
        assertThat(remarks).containsExactly("'pom.xml' is taken for a file; --text takes it as a text");
        assertThat(texts(Reading.TEXTS, "pom.xml", "-", "", "/x")).containsExactly("pom.xml", "-", "", "/x");
        Path file = Files.writeString(folder.resolve("words"), "\uFEFFone\r\n\n  \ntwo\n");
        assertThat(texts(Reading.BY_LOOK, file.toString())).containsExactly("one", "two");
        assertThat(texts(Reading.BY_LOOK, folder + "/w*")).containsExactly("one", "two");
        Files.write(folder.resolve("wide.txt"), "\uFEFFdrei".getBytes(StandardCharsets.UTF_16LE));
        assertThat(texts(Reading.BY_LOOK, folder.toString())).containsExactly("drei");
    }

    @ParameterizedTest
    @ValueSource(strings = {"notes.txt", "./notes", "/no/such/file", "notes/", "list.csv", "README.md"})
    void aMissingFileIsNotAText(String argument) {
        assertThatThrownBy(() -> texts(Reading.BY_LOOK, argument))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("No such file: " + argument + "; --text takes the argument as a text");
    }

    @Test
    void anythingIsAFileWhereFilesAreAskedFor() {
        assertThatThrownBy(() -> texts(Reading.FILES, "menagerie")).hasMessage("No such file: menagerie");
        assertThatThrownBy(() -> texts(Reading.FILES, "")).hasMessageStartingWith("An argument is empty");
    }

    @Test
    void standardInputIsReadWithoutItsMarkAndNotWithoutText() throws Exception {
        InputStream in = new ByteArrayInputStream("\uFEFFäpfel\nbirnen\n".getBytes(StandardCharsets.UTF_8));
        assertThat(texts(in, Reading.BY_LOOK, "-")).containsExactly("äpfel", "birnen");
        assertThatThrownBy(() -> texts(Reading.BY_LOOK, "-")).hasMessage("- holds no text");
        InputStream latin = new ByteArrayInputStream("äpfel".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> texts(latin, Reading.BY_LOOK, "-")).hasMessageContaining("- is not UTF-8 text");
    }

    @Test
    void theEmptyArgumentNamesNoPicture() {
        InputReader<Image> pictures = new InputReader<>(ZOO.inputs(Image.class), InputStream.nullInputStream());
        assertThatThrownBy(() -> pictures.find(List.of(""), Reading.BY_LOOK, remark -> {}))
                .hasMessage("An argument is empty; expected a file, folder, glob, URL or -");
        Command text = Command.zoo("run", "lenet-fashion-mnist", "boot", "--text");
        assertThat(text.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(text.err()).contains("--text is for models that take texts", "takes pictures");
        Command both = Command.zoo("run", "lenet-fashion-mnist", "boot", "--text", "--file");
        assertThat(both.exitCode()).isEqualTo(ExitCodes.USAGE);
    }
}

package org.menagerie.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.spi.Tensor;

class CmuDictTest {
    @TempDir
    Path folder;

    @Test
    void aFileOfTheUsersIsMeasuredAsAWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.js"), """
                export const dictionary = {
                  "a": "AH0",
                  "a(2)": "EY1",
                  "aalen": "AE1 L AH0 N"
                }
                """);
        Pronunciations whole = (Pronunciations)
                new CmuDict().whole(file.toString(), DataFiles.NONE).orElseThrow();
        assertThat(IntStream.range(0, whole.size()).mapToObj(i -> whole.spelling(i) + " " + whole.all(i)))
                .containsExactly("a [[AH], [EY]]", "aalen [[AE, L, AH, N]]");
        assertThat(whole.info().name()).isEqualTo("cmudict/mine.js");
        assertThat(new CmuDict().whole("", DataFiles.NONE)).isEmpty();
    }

    @Test
    void whatIsLeftOutOfAFileOfTheUsersIsSaid() throws IOException {
        List<String> remarks = new ArrayList<>();
        DataFiles files = new DataFiles() {
            @Override
            public Optional<Path> find(String dataset, Artifact file) {
                return Optional.empty();
            }

            @Override
            public void remark(String remark) {
                remarks.add(remark);
            }
        };
        Path file = Files.writeString(folder.resolve("mine.js"), """
                export const dictionary = {
                  "Haus": "HH AW1 S",
                  "a": "AH0",
                  "a.d.": "EY2 D IY1",
                  "a.d.(2)": "AH0 D IY1"
                }
                """);
        new CmuDict().open(file.toString(), files);
        new CmuDict().whole(file.toString(), files);
        String expected = file + ": 2 of 3 words are left out because they do not consist of a to z and the apostrophe:"
                + " Haus, a.d.";
        assertThat(remarks).containsExactly(expected, expected);
        Files.writeString(file, "\"a\": \"AH0\"\n");
        new CmuDict().open(file.toString(), files);
        assertThat(remarks).hasSize(2);
    }

    @Test
    void stressCommentsVariantsAndSymbolsGo() throws IOException {
        Splits splits = open("""
                /** @type {{ [word: string]: string }} */
                export const dictionary = {
                  "'bout": "B AW1 T",
                  "a": "AH0",
                  "a(2)": "EY1",
                  "a.d.": "EY2 D IY1",
                  "aalen": "AE1 L AH0 N # place, german",
                  "content": "K AA1 N T EH0 N T",
                  "content(2)": "K AA0 N T EH1 N T",
                  "''": "AA1"
                }
                """);
        // By sha256sum the four words have h = 863, 610, 492 and 916: all in train.
        assertThat(splits.validation().size() + splits.test().size()).isZero();
        Pronunciations train = (Pronunciations) splits.train();
        assertThat(IntStream.range(0, train.size()).mapToObj(i -> train.spelling(i) + " " + train.all(i)))
                .containsExactly(
                        "'bout [[B, AW, T]]",
                        "a [[AH], [EY]]",
                        "a [[EY], [AH]]",
                        "aalen [[AE, L, AH, N]]",
                        "content [[K, AA, N, T, EH, N, T]]");
    }

    @Test
    void aBatchIsPaddedToItsLongest() {
        Pronunciations words = new Pronunciations(
                "words", List.of("ab", "z'"), List.of(List.of(List.of("AA", "B", "ZH")), List.of(List.of("AE"))));
        BatchMemory memory = new BatchMemory();
        Map<String, Tensor> batch = words.batch(new int[] {1, 0}, memory);
        assertThat(Column.in(batch, "spelling").toLongArray()).containsExactly(27, 1, 2, 3);
        assertThat(Column.in(batch, "spelling_length").toIntArray()).containsExactly(2, 2);
        assertThat(Column.in(batch, "phonemes").toLongArray()).containsExactly(1, 4, 2, 0, 0, 1, 3, 9, 41, 2);
        assertThat(Column.in(words.batch(new int[] {1}, memory), "phonemes")).hasToString("i64[1,3]");
        assertThat(Pronunciations.SYMBOLS).hasSize(42);
        assertThat(Pronunciations.LETTERS).hasSize(28);
    }

    @Test
    void whatIsNotADictionaryIsRefused() {
        assertThatThrownBy(() -> open("hello"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("line 1: expected \"word\": \"P R AH0 N\", found 'hello'");
        assertThatThrownBy(() -> open("  \"a\": \"QQ\"")).hasMessageContaining("'QQ' is not one of the 39 phonemes");
        assertThatThrownBy(() -> open("")).hasMessageContaining("holds no pronunciations");
        assertThatThrownBy(() -> new CmuDict().open("", DataFiles.NONE)).hasMessageContaining("cmudict:FILE");
        assertThatThrownBy(() -> new CmuDict().open(folder + "/absent", DataFiles.NONE))
                .hasMessageContaining("does not exist");
    }

    @Test
    void withoutALocationThePublishedFileIsAskedFor() throws IOException {
        Path file = Files.writeString(folder.resolve("index.js"), "  \"a\": \"AH0\"");
        Splits splits = new CmuDict().open("", (dataset, published) -> {
            assertThat(dataset).isEqualTo("cmudict");
            assertThat(published.sources()).containsExactly("npm:cmu-pronouncing-dictionary@3.0.0!/package/index.js");
            return Optional.of(file);
        });
        assertThat(splits.train().size()).isEqualTo(1);
    }

    private Splits open(String text) throws IOException {
        return new CmuDict()
                .open(Files.writeString(folder.resolve("index.js"), text).toString(), DataFiles.NONE);
    }
}

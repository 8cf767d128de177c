package org.menagerie.training.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.DataFiles;
import org.menagerie.training.data.DataSpecificationException;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.Splits;

class LabelledTextFilesTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void textsKeepTheirLabelsAndEqualTextsLieInOnePart() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            lines.add((i % 3 == 0 ? "spam" : "ham") + "\ttext number " + i % 150 + "\twith a tab");
        }
        Splits splits = open(write("mail.tsv", lines));
        Map<String, String> parts = new HashMap<>();
        int count = 0;
        for (String part : Splits.PARTS) {
            Dataset data = splits.part(part);
            assertThat(data.info().labels()).containsExactly("ham", "spam");
            for (int i = 0; i < data.size(); i++) {
                String text = (String) data.input(i).orElseThrow();
                assertThat(text).endsWith("\twith a tab");
                int number = Integer.parseInt(text.split("[ \t]")[2]);
                assertThat(Column.in(data.batch(i), "label").longs().get(0)).isEqualTo(number % 3 == 0 ? 1 : 0);
                assertThat(parts.putIfAbsent(text, part)).isIn(null, part);
                count++;
            }
        }
        assertThat(count).isEqualTo(300);
        assertThat(new LabelledTextFiles()
                        .whole(folder.resolve("mail.tsv").toString(), DataFiles.NONE)
                        .orElseThrow()
                        .size())
                .isEqualTo(300);
    }

    @Test
    void furtherFilesAreTheParts() throws IOException {
        Path train = write("train.tsv", List.of("a\tone", "b\ttwo"));
        Path test = write("test.tsv", List.of("b\tthree"));
        Splits splits = open(Path.of(train + "," + test));
        assertThat(splits.test().size()).isEqualTo(1);
        assertThat(splits.validation().size()).isEqualTo(1);
        assertThat(Column.in(splits.test().batch(0), "label").longs().get(0)).isEqualTo(1);
        Path other = write("other.tsv", List.of("c\tfour"));
        assertThatThrownBy(() -> open(Path.of(train + "," + other)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("other.tsv:1 has the label 'c'")
                .hasMessageEndingWith("it has a, b");
    }

    @Test
    void aLineThatIsNotALabelledTextIsNamed() throws IOException {
        assertThatThrownBy(() -> open(write("no.tsv", List.of("a\tone", "", "just a sentence"))))
                .hasMessageContaining("no.tsv:3 is 'just a sentence'; expected a label, a tab and a text");
        assertThatThrownBy(() -> open(write("blank.tsv", List.of("a\t ")))).hasMessageContaining("blank.tsv:1");
        assertThatThrownBy(() -> open(write("empty.tsv", List.of()))).hasMessageContaining("has no lines");
        assertThatThrownBy(() -> open(write("few.tsv", List.of("a\tone")))).hasMessageContaining("has only 1 texts");
        assertThatThrownBy(() -> open(folder.resolve("missing.tsv"))).hasMessageContaining("There is no file");
        assertThatThrownBy(() -> open(Path.of(""))).isInstanceOf(DataSpecificationException.class);
    }

    private static Splits open(Path location) {
        return new LabelledTextFiles().open(location.toString(), DataFiles.NONE);
    }

    private Path write(String name, List<String> lines) throws IOException {
        return Files.write(folder.resolve(name), lines);
    }
}

package org.menagerie.training.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.training.data.DataFiles;
import org.menagerie.training.data.DataSpecificationException;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetKind;
import org.menagerie.training.data.Location;
import org.menagerie.training.data.Splits;

/**
 * Labelled texts, one a line, as {@code label<TAB>text}: {@code labelled-text:FILE}. One file is cut into parts by the hash of the texts, so
 * that equal texts lie in one part; a second file is the validation part, a third the test part. Without a third, the second is both.
 */
final class LabelledTextFiles implements DatasetKind {
    private static final String NAME = "labelled-text";
    private static final int MOST_FILES = 3;

    @Override
    public Splits open(String location, DataFiles files) {
        List<Path> paths = paths(location);
        List<List<TextLine>> read = paths.stream().map(TextLine::read).toList();
        List<String> classes = classes(read.get(0));
        if (read.size() == 1) {
            List<TextLine> lines = read.get(0);
            if (lines.size() < HashedParts.FEWEST) {
                throw new InvalidInputException("%s has only %d texts, too few for training, validation and test"
                        .formatted(paths.get(0), lines.size()));
            }
            HashedParts<TextLine> parts = HashedParts.of(lines, TextLine::text);
            return new Splits(
                    dataset(paths.get(0), "/train", classes, parts.train()),
                    dataset(paths.get(0), "/validation", classes, parts.validation()),
                    dataset(paths.get(0), "/test", classes, parts.test()));
        }
        List<Dataset> parts = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            requireKnown(read.get(i), paths.get(0), classes);
            parts.add(dataset(paths.get(i), "", classes, read.get(i)));
        }
        return new Splits(parts.get(0), parts.get(1), parts.get(parts.size() - 1));
    }

    @Override
    public Optional<Dataset> whole(String location, DataFiles files) {
        List<Path> paths = paths(location);
        if (paths.size() > 1) {
            return Optional.empty();
        }
        List<TextLine> lines = TextLine.read(paths.get(0));
        return Optional.of(dataset(paths.get(0), "", classes(lines), lines));
    }

    private static List<Path> paths(String location) {
        List<String> paths = Location.of(NAME, location, Map.of()).paths();
        if (paths.isEmpty() || paths.size() > MOST_FILES) {
            throw new DataSpecificationException(
                    "Data set '%s' needs one to three files of labelled texts, for example %s:spam.tsv; found '%s:%s'"
                            .formatted(NAME, NAME, NAME, location));
        }
        return paths.stream().map(Path::of).toList();
    }

    private static List<String> classes(List<TextLine> lines) {
        return List.copyOf(new TreeSet<>(lines.stream().map(TextLine::label).toList()));
    }

    private static void requireKnown(List<TextLine> lines, Path train, List<String> classes) {
        for (TextLine line : lines) {
            if (!classes.contains(line.label())) {
                throw new InvalidInputException("%s has the label '%s', which %s does not have; it has %s"
                        .formatted(line.place(), line.label(), train, String.join(", ", classes)));
            }
        }
    }

    private static Dataset dataset(Path file, String part, List<String> classes, List<TextLine> lines) {
        return new LabelledTexts("%s/%s%s".formatted(NAME, file.getFileName(), part), classes, lines);
    }
}

package org.menagerie.training.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.menagerie.spi.InvalidInputException;

/**
 * The files of a data set's parts.
 *
 * @param classes the names of the classes, sorted
 * @param stated whether the folder states the parts
 */
record FolderParts(
        List<String> classes,
        List<LabelledFile> train,
        List<LabelledFile> validation,
        List<LabelledFile> test,
        boolean stated) {
    private static final Set<String> VALIDATION = Set.of("val", "valid", "validation");

    /**
     * Finds the parts of a folder. If all its folders are called {@code train}, {@code val} (also {@code valid} or {@code
     * validation}) and {@code test}, they are the parts: without {@code test}, the validation part reports as well; without {@code
     * val}, a part of {@code train} is set aside. If not, the folders are the classes, and all parts are cut from them.
     *
     * @throws InvalidInputException if there is no such folder, or a part would have no file
     */
    static FolderParts of(Path folder, Set<String> extensions, Consumer<String> remarks) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException(
                    Files.exists(folder)
                            ? "%s is a file; expected a folder".formatted(folder)
                            : "There is no folder " + folder);
        }
        List<String> names = ClassFolders.subfolders(folder);
        List<String> val = names.stream().filter(VALIDATION::contains).toList();
        boolean test = names.contains("test");
        boolean stated = names.contains("train") && names.size() == 1 + val.size() + (test ? 1 : 0);
        if (val.size() > 1) {
            throw new InvalidInputException(
                    "%s has two validation parts: %s".formatted(folder, String.join(" and ", val)));
        }
        ClassFolders train = ClassFolders.read(stated ? folder.resolve("train") : folder, extensions, remarks);
        if (!stated || names.size() == 1) {
            HashedParts<LabelledFile> parts = hashed(train);
            return new FolderParts(train.classes(), parts.train(), parts.validation(), parts.test(), false);
        }
        List<LabelledFile> last = test ? part(folder.resolve("test"), extensions, remarks, train) : List.of();
        if (val.isEmpty()) {
            remarks.accept("%s has no folder val: a tenth of train is set aside for validation".formatted(folder));
            HashedParts<LabelledFile> parts = hashed(train);
            List<LabelledFile> kept = new ArrayList<>(parts.train());
            kept.addAll(parts.test());
            return new FolderParts(train.classes(), kept, parts.validation(), last, true);
        }
        List<LabelledFile> chosen = part(folder.resolve(val.get(0)), extensions, remarks, train);
        if (!test) {
            remarks.accept("%s has no folder test: the figures reported at the end are those of %s"
                    .formatted(folder, val.get(0)));
        }
        return new FolderParts(train.classes(), train.files(), chosen, test ? last : chosen, true);
    }

    /** All files, where the folder states no parts. */
    List<LabelledFile> all() {
        return Stream.of(train, validation, test)
                .flatMap(List::stream)
                .sorted(Comparator.comparing(LabelledFile::name))
                .toList();
    }

    private static List<LabelledFile> part(
            Path folder, Set<String> extensions, Consumer<String> remarks, ClassFolders train) {
        return ClassFolders.read(folder, extensions, remarks).numberedAs(train).files();
    }

    private static HashedParts<LabelledFile> hashed(ClassFolders all) {
        if (all.files().size() < HashedParts.FEWEST) {
            throw new InvalidInputException(
                    "%s has only %,d files, too few to be split for training, validation and test; add some, or state the parts as folders train, val and test"
                            .formatted(all.folder(), all.files().size()));
        }
        return HashedParts.of(all.files(), LabelledFile::name);
    }
}

package org.menagerie.training.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ZooException;

/**
 * The files of a folder with one folder per class, as torchvision and Keras read it.
 *
 * @param classes the names of the class folders, sorted
 * @param files in the order of their names
 */
record ClassFolders(Path folder, List<String> classes, List<LabelledFile> files) {
    /**
     * Reads the names and lengths of the files, in subfolders of the class folders as well. Links are followed. Files and folders
     * whose name begins with a dot are left out.
     *
     * @param extensions of the files that are examples, without the dot, in lower case
     * @param remarks is told what was left out
     * @throws InvalidInputException if the folder has no class folders, or one of them has no such file
     */
    static ClassFolders read(Path folder, Set<String> extensions, Consumer<String> remarks) {
        List<String> classes = subfolders(folder);
        List<LabelledFile> files = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            int before = files.size();
            add(folder, classes.get(label), label, extensions, files, others);
            if (files.size() == before) {
                throw new InvalidInputException(
                        "The class folder %s has no files that end with %s; remove it, or put some in"
                                .formatted(folder.resolve(classes.get(label)), endings(extensions)));
            }
        }
        if (classes.isEmpty()) {
            throw new InvalidInputException(
                    "%s has no folders; expected one folder per class with files in it, such as %s"
                            .formatted(
                                    folder,
                                    folder.resolve("cat")
                                            .resolve(
                                                    "1." + extensions.iterator().next())));
        }
        if (!others.isEmpty()) {
            remarks.accept("%,d files in %s are left out, since they do not end with %s, for example %s"
                    .formatted(others.size(), folder, endings(extensions), others.get(0)));
        }
        return new ClassFolders(folder, classes, List.copyOf(files));
    }

    /** Returns the names of the folders in a folder, sorted, without those that begin with a dot. */
    static List<String> subfolders(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory)
                    .map(child -> child.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read the folder %s: %s".formatted(folder, reason(e)), e);
        }
    }

    /**
     * The same files, with the numbers that another part's classes have.
     *
     * @throws InvalidInputException if a class is not among them
     */
    ClassFolders numberedAs(ClassFolders train) {
        TreeSet<String> unknown = new TreeSet<>(classes);
        train.classes().forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new InvalidInputException("%s has folders for the classes %s, which %s does not have; it has %s"
                    .formatted(folder, String.join(", ", unknown), train.folder(), String.join(", ", train.classes())));
        }
        List<LabelledFile> renumbered = files.stream()
                .map(file -> new LabelledFile(
                        file.name(), file.path(), file.bytes(), train.classes().indexOf(classes.get(file.label()))))
                .toList();
        return new ClassFolders(folder, train.classes(), renumbered);
    }

    private static void add(
            Path folder,
            String name,
            int label,
            Set<String> extensions,
            List<LabelledFile> files,
            List<String> others) {
        Path of = folder.resolve(name);
        try (Stream<Path> found = Files.walk(of, FileVisitOption.FOLLOW_LINKS)) {
            List<LabelledFile> sorted = new ArrayList<>();
            for (Path path : (Iterable<Path>) found::iterator) {
                String relative = folder.relativize(path).toString().replace('\\', '/');
                if (relative.contains("/.") || !Files.isRegularFile(path)) {
                    continue;
                }
                if (extensions.contains(extension(relative))) {
                    sorted.add(new LabelledFile(relative, path, Files.size(path), label));
                } else {
                    others.add(relative);
                }
            }
            sorted.sort(Comparator.comparing(LabelledFile::name));
            files.addAll(sorted);
        } catch (IOException | UncheckedIOException e) {
            throw new ZooException("Cannot read the folder %s: %s".formatted(of, reason(e)), e);
        }
    }

    private static String reason(Exception e) {
        return String.valueOf(e.getMessage());
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String endings(Set<String> extensions) {
        return String.join(", ", extensions.stream().map(each -> "." + each).toList());
    }
}

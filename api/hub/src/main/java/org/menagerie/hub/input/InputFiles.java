package org.menagerie.hub.input;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.input.InputKind;

/**
 * The files that an argument means: one, those of a folder without its sub-folders, or those that a glob matches, by name.
 *
 * @param kind tells a folder's files apart
 */
record InputFiles(InputKind<?> kind) {
    List<Path> find(String argument) throws IOException {
        Optional<Path> there = existing(argument);
        if (there.isPresent()) {
            return Files.isDirectory(there.get()) ? folder(there.get()) : List.of(there.get());
        }
        if (!argument.matches(".*[*?\\[{].*")) {
            if (argument.isEmpty()) {
                throw new InvalidInputException("An argument is empty; expected a file, folder, glob, URL or -");
            }
            throw new NoSuchFileException(argument);
        }
        return glob(argument);
    }

    /** The file or folder of this name; the empty text names none. */
    private static Optional<Path> existing(String argument) {
        try {
            return Optional.of(argument)
                    .filter(name -> !name.isEmpty())
                    .map(Path::of)
                    .filter(Files::exists);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static List<Path> glob(String argument) throws IOException {
        int slash = argument.lastIndexOf('/', firstWildcard(argument));
        Path root = Path.of(slash < 0 ? "." : argument.substring(0, Math.max(slash, 1)));
        String pattern = argument.substring(slash + 1);
        PathMatcher matcher = matcher(argument, pattern);
        if (!Files.isDirectory(root)) {
            throw new InvalidInputException("No file matches " + argument);
        }
        int depth = pattern.contains("**") ? Integer.MAX_VALUE : pattern.split("/").length;
        try (Stream<Path> tree = Files.walk(root, depth)) {
            List<Path> files = tree.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(root.relativize(file)))
                    .sorted()
                    .map(file -> slash < 0 ? root.relativize(file) : file)
                    .toList();
            if (files.isEmpty()) {
                throw new InvalidInputException("No file matches " + argument);
            }
            return files;
        }
    }

    private static PathMatcher matcher(String argument, String pattern) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            throw new InvalidInputException(
                    "There is no file %s, and the name is not a valid glob pattern: %s"
                            .formatted(argument, e.getDescription()),
                    e);
        }
    }

    private static int firstWildcard(String glob) {
        int at = 0;
        while ("*?[{".indexOf(glob.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private List<Path> folder(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> wanted = files.filter(Files::isRegularFile)
                    .filter(this::looksRight)
                    .sorted()
                    .toList();
            if (wanted.isEmpty()) {
                throw new InvalidInputException("The folder %s holds no %s".formatted(folder, kind.plural()));
            }
            return wanted;
        }
    }

    private boolean looksRight(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return kind.endings().stream().anyMatch(ending -> name.endsWith("." + ending));
    }
}

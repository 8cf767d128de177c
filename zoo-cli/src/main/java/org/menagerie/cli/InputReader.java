package org.menagerie.cli;

import ai.djl.modality.cv.Image;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.menagerie.audio.Audio;
import org.menagerie.audio.AudioReader;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.OfflineException;
import org.menagerie.spi.ZooException;
import org.menagerie.vision.PictureReader;

/**
 * Finds and reads the inputs of {@code zoo run}: files, globs, folders, URLs and {@code -} for standard input; for models
 * that take text also the text itself.
 */
final class InputReader {
    private static final int MAX_BYTES = 512 << 20;

    private final Class<?> type;
    private final boolean offline;
    private final InputStream standardInput;

    /**
     * A reader of one type of inputs.
     *
     * @param type what the model takes
     */
    InputReader(Class<?> type, boolean offline, InputStream standardInput) {
        if (type != Image.class && type != Audio.class && type != String.class) {
            throw new ZooException(
                    "This command cannot read %s; it reads pictures, sounds and texts".formatted(type.getName()));
        }
        this.type = type;
        this.offline = offline;
        this.standardInput = standardInput;
    }

    /**
     * An input before it is read.
     *
     * @param name what results and errors call it
     * @param read reads it
     */
    record Input(String name, Callable<Object> read) {}

    /** All inputs that the arguments name, in their order. */
    List<Input> find(List<String> arguments) throws IOException {
        List<Input> found = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.equals("-")) {
                byte[] bytes = standardInput.readAllBytes();
                found.addAll(type == String.class ? lines("-", bytes) : List.of(input("-", () -> bytes)));
            } else if (argument.startsWith("https://") || argument.startsWith("http://")) {
                found.add(input(argument, () -> download(argument)));
            } else if (type == String.class && !isFile(argument)) {
                found.add(new Input(argument, () -> argument));
            } else {
                for (Path file : files(argument)) {
                    found.addAll(
                            type == String.class
                                    ? lines(file.toString(), Files.readAllBytes(file))
                                    : List.of(input(file.toString(), () -> bytes(file))));
                }
            }
        }
        return found;
    }

    /** A text file is one input for each line that is not blank. */
    private static List<Input> lines(String name, byte[] bytes) {
        List<Input> inputs = new ArrayList<>();
        int number = 0;
        for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            number++;
            if (!line.isBlank()) {
                inputs.add(new Input(name + ":" + number, () -> line));
            }
        }
        return inputs;
    }

    private Input input(String name, Callable<byte[]> bytes) {
        return new Input(name, () -> decode(bytes.call(), name));
    }

    /** The picture, sound or text that a file's bytes hold. */
    Object decode(byte[] bytes, String name) throws IOException {
        if (bytes.length == 0) {
            throw new InvalidInputException("%s is empty".formatted(name));
        }
        if (type == String.class) {
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }
        return type == Image.class
                ? new PictureReader().read(bytes, name)
                : new AudioReader().read(new ByteArrayInputStream(bytes), name);
    }

    private static boolean isFile(String argument) {
        try {
            return Files.exists(Path.of(argument));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new InvalidInputException("No such file: " + file);
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new InvalidInputException("%s is larger than %s".formatted(file, Sizes.text(MAX_BYTES)));
        }
        return Files.readAllBytes(file);
    }

    /** The files of a folder, without its sub-folders, or those that a glob matches, by name. */
    private List<Path> files(String argument) throws IOException {
        if (isFile(argument)) {
            Path path = Path.of(argument);
            return Files.isDirectory(path) ? folder(path) : List.of(path);
        }
        if (!argument.matches(".*[*?\\[{].*")) {
            throw new InvalidInputException("No such file: " + argument);
        }
        int slash = argument.lastIndexOf('/', firstWildcard(argument));
        Path root = Path.of(slash < 0 ? "." : argument.substring(0, Math.max(slash, 1)));
        String pattern = argument.substring(slash + 1);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
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
                throw new InvalidInputException("The folder %s holds no %s"
                        .formatted(
                                folder, type == Image.class ? "pictures" : type == Audio.class ? "sounds" : "texts"));
            }
            return wanted;
        }
    }

    private boolean looksRight(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String endings = type == Image.class
                ? "png|jpe?g|gif|bmp|tiff?|webp"
                : type == Audio.class ? "wav|raw|pcm" : "txt|text|md";
        return name.matches(".*\\.(" + endings + ")");
    }

    private byte[] download(String url) throws IOException, InterruptedException {
        if (offline) {
            throw new OfflineException("%s is not on this machine and the network may not be used".formatted(url));
        }
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(60))
                .build();
        HttpResponse<InputStream> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new InvalidInputException("%s cannot be fetched: %s".formatted(url, e), e);
        }
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new InvalidInputException("%s cannot be fetched: HTTP %d".formatted(url, response.statusCode()));
            }
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new InvalidInputException("%s is larger than %s".formatted(url, Sizes.text(MAX_BYTES)));
            }
            return bytes;
        }
    }
}

package org.menagerie.hub.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.input.InputKind;
import org.menagerie.spi.input.InputLimit;

/**
 * Finds and reads inputs of one kind. Files and URLs that are one input each are read when they are asked for, so that many need
 * not be in memory together. Thread-safe.
 *
 * @param <I> the input type
 */
public final class Inputs<I> {
    private static final int MAX_BYTES = 512 << 20;

    private final InputKind<I> kind;
    private final boolean offline;
    private final long limit;

    /**
     * Inputs of a kind with its usual limit.
     *
     * @param offline true if URLs may not be fetched
     */
    public Inputs(InputKind<I> kind, boolean offline) {
        this(kind, offline, kind.limit().map(InputLimit::usual).orElse(Long.MAX_VALUE));
    }

    private Inputs(InputKind<I> kind, boolean offline, long limit) {
        this.kind = kind;
        this.offline = offline;
        this.limit = limit;
    }

    /**
     * The kind of a type.
     *
     * @throws ZooException if there is none; the message lists what can be read
     */
    @SuppressWarnings("unchecked")
    public static <I> InputKind<I> kind(Class<I> type, Collection<InputKind<?>> kinds) {
        return kinds.stream()
                .filter(kind -> kind.type() == type)
                .map(kind -> (InputKind<I>) kind)
                .findFirst()
                .orElseThrow(() -> new ZooException("No plugin reads inputs of type %s; there are %s"
                        .formatted(
                                type.getTypeName(),
                                kinds.stream().map(InputKind::plural).sorted().toList())));
    }

    /**
     * The same inputs with another limit.
     *
     * @throws InvalidInputException if the kind has none, or not this one
     */
    public Inputs<I> withLimit(long chosen) {
        InputLimit own = kind.limit()
                .orElseThrow(
                        () -> new InvalidInputException("Reading %s has no limit to choose".formatted(kind.plural())));
        if (chosen < 1 || chosen > own.greatest()) {
            throw new InvalidInputException("The most %s of a %s must be 1 to %,d, not %,d"
                    .formatted(own.unit(), kind.singular(), own.greatest(), chosen));
        }
        return new Inputs<>(kind, offline, chosen);
    }

    /** Returns the type of input that is read. */
    public InputKind<I> kind() {
        return kind;
    }

    /**
     * An input that was found.
     *
     * @param name what answers and errors call it
     * @param read reads it
     */
    public record Found<I>(String name, Callable<I> read) {}

    /**
     * Finds the inputs of a file, of the files in a folder without its sub-folders, or of the files that a glob matches. They are
     * sorted by name.
     *
     * @throws NoSuchFileException if no file, folder or match exists
     */
    public List<Found<I>> files(String argument) throws IOException {
        return new InputFiles(kind)
                .find(argument).stream()
                        .flatMap(file -> found(file.toString(), () -> bytes(file)).stream())
                        .toList();
    }

    /** Fetches a URL and finds the inputs in it. */
    public List<Found<I>> url(String url) {
        return found(url, () -> InputDownload.fetch(url, offline, MAX_BYTES));
    }

    /**
     * Finds the inputs in a stream. The stream is read to its end at once and is not closed.
     *
     * @param description what errors call the stream
     */
    public List<Found<I>> stream(InputStream in, String name, String description) throws IOException {
        byte[] bytes = bounded(in, description, MAX_BYTES);
        return found(name, () -> bytes);
    }

    private List<Found<I>> found(String name, Callable<byte[]> bytes) {
        if (kind.several().isEmpty()) {
            return List.of(new Found<>(name, () -> decode(bytes.call(), name)));
        }
        return kind.several().get().read(now(bytes), name).stream()
                .map(part -> new Found<I>(part.name(), part::input))
                .toList();
    }

    private static byte[] now(Callable<byte[]> bytes) {
        try {
            return bytes.call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one input that a file's bytes hold. */
    public I decode(byte[] bytes, String name) throws IOException {
        if (bytes.length == 0) {
            throw new InvalidInputException("%s is empty".formatted(name));
        }
        return kind.file().read(bytes, name, limit);
    }

    private static byte[] bytes(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new InvalidInputException("No such file: " + file);
        }
        if (Files.isDirectory(file)) {
            throw new InvalidInputException("%s is a folder, not a file".formatted(file));
        }
        try (InputStream in = Files.newInputStream(file)) {
            return bounded(in, file.toString(), MAX_BYTES);
        } catch (AccessDeniedException e) {
            throw new InvalidInputException("%s may not be read by this user".formatted(file), e);
        }
    }

    /** All bytes of a stream, which need not tell its length or end at all. */
    static byte[] bounded(InputStream in, String name, int mostBytes) throws IOException {
        byte[] bytes = in.readNBytes(mostBytes);
        if (bytes.length == mostBytes && in.read() >= 0) {
            throw new InvalidInputException(
                    String.format(Locale.ROOT, "%s is larger than %.1f MB", name, mostBytes / 1e6));
        }
        return bytes;
    }
}

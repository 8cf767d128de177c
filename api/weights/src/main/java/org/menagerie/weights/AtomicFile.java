package org.menagerie.weights;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.menagerie.spi.ZooException;

/** Writes a file in one step: a reader sees the old content or the new, also after a crash. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Puts a file's content into an open channel. */
    @FunctionalInterface
    public interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    /** Puts a file's content into an open stream. */
    @FunctionalInterface
    public interface StreamContent {
        void writeTo(OutputStream stream) throws IOException;
    }

    /** {@link #write} for content that is written to a stream, which is buffered. */
    public static void writeStream(Path target, StreamContent content) {
        write(target, channel -> {
            OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel));
            content.writeTo(stream);
            stream.flush();
        });
    }

    /**
     * Writes as {@link #replace}, with a failure told in words.
     *
     * @throws ZooException if it cannot be written; the target is then as it was and the neighbour is gone
     */
    public static void write(Path target, Content content) {
        try {
            replace(target, content);
        } catch (IOException e) {
            throw new ZooException("Cannot write %s: %s".formatted(target, reason(e)), e);
        }
    }

    /**
     * Writes a temporary neighbour, forces it to the disk and moves it over the target. Parent folders are made.
     *
     * @throws IOException if it cannot be written; the target is then as it was and the neighbour is gone
     */
    public static void replace(Path target, Content content) throws IOException {
        replace(target, true, content);
    }

    /**
     * Replaces a small file that can be made again, such as a cache's: whole for every reader, but not forced to the disk,
     * which would take milliseconds.
     */
    public static void note(Path target, String text) throws IOException {
        replace(target, false, channel -> {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    /** Gives a finished file or folder its name in one step, in place of a file that has the name already. */
    public static Path move(Path finished, Path name) throws IOException {
        return Files.move(finished, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A name beside the target that no other process uses, hidden, for what is not finished yet. */
    public static Path neighbour(Path target) {
        return target.resolveSibling(".%s.%s.part".formatted(target.getFileName(), UUID.randomUUID()));
    }

    private static void replace(Path target, boolean force, Content content) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null) {
            throw new IOException("it is a folder");
        }
        Files.createDirectories(folder);
        Path neighbour = neighbour(absolute);
        try {
            try (FileChannel channel =
                    FileChannel.open(neighbour, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                if (force) {
                    channel.force(true);
                }
            }
            move(neighbour, absolute);
            if (force) {
                forceFolder(folder);
            }
        } finally {
            Files.deleteIfExists(neighbour);
        }
    }

    /** Puts a failure of the file system into words, because the message of some exceptions is nothing but a path. */
    public static String reason(IOException failure) {
        if (failure instanceof FileAlreadyExistsException e) {
            return e.getFile() + " is not a folder";
        }
        if (failure instanceof AccessDeniedException e) {
            return "%s may not be written by this user".formatted(e.getFile());
        }
        if (failure instanceof NoSuchFileException e) {
            return "%s cannot be made".formatted(e.getFile());
        }
        return failure instanceof FileSystemException e && e.getReason() != null
                ? "%s: %s".formatted(e.getFile(), e.getReason())
                : String.valueOf(failure.getMessage());
    }

    /** Makes the move itself lasting, on systems that let a folder be opened. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException ignored) {
            // Windows refuses to open a folder; its file system orders the move by itself.
        }
    }
}

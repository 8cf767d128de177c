package org.menagerie.training.checkpoint;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
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
     * Writes a temporary neighbour, forces it to the disk and moves it over the target. Parent folders are made.
     *
     * @throws ZooException if it cannot be written; the target is then as it was and the neighbour is gone
     */
    public static void write(Path target, Content content) {
        Path absolute = target.toAbsolutePath();
        Path folder = absolute.getParent();
        Path name = absolute.getFileName();
        if (folder == null || name == null) {
            throw new ZooException("'%s' is not the path of a file".formatted(target));
        }
        try {
            Files.createDirectories(folder);
            Path neighbour = folder.resolve(".%s.%s.part".formatted(name, UUID.randomUUID()));
            try {
                writeAndForce(neighbour, content);
                Files.move(neighbour, absolute, StandardCopyOption.ATOMIC_MOVE);
                forceFolder(folder);
            } finally {
                Files.deleteIfExists(neighbour);
            }
        } catch (IOException e) {
            throw new ZooException("Cannot write %s: %s".formatted(target, reason(e)), e);
        }
    }

    /** What the file system said, in words: for some failures its exception holds nothing but a path. */
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

    private static void writeAndForce(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.writeTo(channel);
            channel.force(true);
        }
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

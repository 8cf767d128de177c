package org.menagerie.studio;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.training.Trainer;

/**
 * The folder of one training. While it is open, no other training writes into it; an earlier training's files are only
 * replaced where that was asked for.
 */
final class RunFolder implements AutoCloseable {
    private static final String LOCK = ".lock";

    private final Path path;
    private final FileChannel channel;

    private RunFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Which folder is wanted.
     *
     * @param runs the folder of all runs that have no folder of their own
     * @param given by the user; null for {@code runs/NAME}, or the first of {@code runs/NAME-2}, {@code runs/NAME-3}, …
     *     that no earlier training has
     * @param name of what is trained
     * @param resume whether to go on with an earlier training, the last of those numbered
     * @param overwrite whether to replace an earlier training
     */
    record Wanted(Path runs, @Nullable Path given, String name, boolean resume, boolean overwrite) {
        Wanted {
            if (resume && overwrite) {
                throw new InvalidInputException("A run is either resumed or overwritten: give one of the two");
            }
        }

        /**
         * The folder's path; nothing is made yet.
         *
         * @throws InvalidInputException if there is nothing to go on with, or an earlier training would be lost
         */
        Path path() {
            if (resume) {
                return toResume();
            }
            if (given != null) {
                if (!overwrite && hasRun(given)) {
                    throw new InvalidInputException(
                            "'%s' has an earlier training: resume it, overwrite it, or give another folder"
                                    .formatted(given));
                }
                return given;
            }
            int number = 1;
            while (!overwrite
                    && (hasRun(numbered(number))
                            || Files.exists(numbered(number).resolve(LOCK)))) {
                number++;
            }
            return numbered(number);
        }

        private Path toResume() {
            if (given != null) {
                return requireCheckpoint(given);
            }
            int last = 1;
            while (Files.exists(numbered(last + 1))) {
                last++;
            }
            for (int number = last; number > 1; number--) {
                if (hasCheckpoint(numbered(number))) {
                    return numbered(number);
                }
            }
            return requireCheckpoint(numbered(1));
        }

        private Path numbered(int number) {
            return runs.resolve(number == 1 ? name : name + "-" + number);
        }

        private boolean hasRun(Path folder) {
            return hasCheckpoint(folder)
                    || Files.exists(folder.resolve(Trainer.BEST))
                    || Files.exists(folder.resolve(name + ".md"))
                    || Files.exists(folder.resolve(name + ".onnx"));
        }

        private static Path requireCheckpoint(Path folder) {
            if (!hasCheckpoint(folder)) {
                throw new InvalidInputException(
                        "There is no checkpoint in '%s' to resume from; without resume, training starts anew"
                                .formatted(folder));
            }
            return folder;
        }
    }

    /** Of the training itself, or of an ensemble's first member. */
    private static boolean hasCheckpoint(Path folder) {
        return Files.exists(folder.resolve(Trainer.CHECKPOINT))
                || Files.exists(folder.resolve("member_0").resolve(Trainer.CHECKPOINT));
    }

    /**
     * Makes the folder and keeps others out of it.
     *
     * @throws InvalidInputException if another training writes into it now, or for the reasons of {@link Wanted#path}
     */
    static RunFolder open(Wanted wanted) throws IOException {
        Path folder = wanted.path();
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new InvalidInputException(
                    "Another training writes into '%s' now; give another folder".formatted(folder));
        }
        return new RunFolder(folder, channel);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** The folder's path. */
    Path path() {
        return path;
    }

    /** Lets others in, and deletes a folder that the training left empty. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path.resolve(LOCK));
        boolean empty;
        try (Stream<Path> files = Files.list(path)) {
            empty = files.findAny().isEmpty();
        }
        if (empty) {
            try {
                Files.delete(path);
            } catch (DirectoryNotEmptyException e) {
                // Another training has just begun here.
            }
        }
    }
}

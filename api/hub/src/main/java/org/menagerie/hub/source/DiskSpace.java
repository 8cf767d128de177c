package org.menagerie.hub.source;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Writes files so that a full disk is told apart from every other failure: it is not tried again. */
public final class DiskSpace {
    /** What a file of unknown size leaves free for everybody else. */
    private static final long RESERVE = 256L << 20;

    private static final String REMEDY = "free space there, or set ZOO_HOME to a folder of another disk";

    private static final long LOOK_EVERY = 64L << 20;

    private DiskSpace() {}

    /** The disk is full, or would be. */
    public static final class Exhausted extends IOException {
        private static final long serialVersionUID = 1L;

        Exhausted(String message) {
            super(message);
        }
    }

    /** Writes a file from its beginning. */
    public static OutputStream create(Path file) throws IOException {
        return new Guarded(Files.newOutputStream(file), file);
    }

    /** Writes on at the end of a file. */
    static OutputStream append(Path file) throws IOException {
        return new Guarded(Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), file);
    }

    /** Fails unless so many bytes fit beside a file. */
    static void require(Path file, long bytes) throws IOException {
        long left = usable(file);
        if (left < bytes) {
            throw new Exhausted("the disk of %s has %,d bytes left, %,d are needed; %s"
                    .formatted(file.toAbsolutePath().getParent(), left, bytes, REMEDY));
        }
    }

    private static long usable(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        FileStore store = Files.getFileStore(folder == null ? file.toAbsolutePath() : folder);
        return store.getUsableSpace();
    }

    private static final class Guarded extends FilterOutputStream {
        private final Path file;
        private long sinceLook;

        Guarded(OutputStream out, Path file) {
            super(out);
            this.file = file;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            sinceLook += length;
            if (sinceLook >= LOOK_EVERY) {
                sinceLook = 0;
                require(file, RESERVE);
            }
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw isFull(e)
                        ? new Exhausted("the disk of %s is full"
                                .formatted(file.toAbsolutePath().getParent()))
                        : e;
            }
        }

        /** Java has no type for it; the text is the operating system's, which may be in another language. */
        private boolean isFull(IOException e) throws IOException {
            String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            return text.contains("no space left")
                    || text.contains("not enough space")
                    || text.contains("quota exceeded")
                    || usable(file) < 1 << 16;
        }
    }
}

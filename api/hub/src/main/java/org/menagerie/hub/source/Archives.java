package org.menagerie.hub.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.menagerie.spi.IntegrityException;

/**
 * Takes one file out of an archive: zip (jar), tar, or tar with gzip, told by their first bytes.
 *
 * <p>The file is written where the caller says, never where the archive says. Links are refused, and neither the file
 * nor what lies before it may unpack to more than a bound.
 */
final class Archives {
    /** Gzip cannot shrink anything honest by more. */
    private static final long MOST_GROWTH = 200;

    private static final long ALWAYS_ALLOWED = 1L << 30;

    private Archives() {}

    /**
     * Copies an entry's bytes into a file.
     *
     * @param size what the entry must hold, or -1 if nobody knows
     */
    static void extract(Path archive, String entry, Path target, long size) throws IOException {
        byte[] magic;
        try (InputStream in = Files.newInputStream(archive)) {
            magic = in.readNBytes(2);
        }
        if (magic.length == 2 && magic[0] == 'P' && magic[1] == 'K') {
            fromZip(archive, entry, target, size);
            return;
        }
        boolean gzip = magic.length == 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b;
        long limit = ALWAYS_ALLOWED + MOST_GROWTH * Files.size(archive);
        try (InputStream in = Files.newInputStream(archive);
                InputStream plain = new Limited(gzip ? new GZIPInputStream(in, 1 << 16) : in, limit);
                TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
            fromTar(tar, entry, target, size);
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged archive: " + e.getMessage(), e);
        }
    }

    private static void fromZip(Path archive, String name, Path target, long size) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null || entry.isDirectory()) {
                throw missing(name);
            }
            try (InputStream in = zip.getInputStream(entry)) {
                copy(in, target, size, ALWAYS_ALLOWED + MOST_GROWTH * Files.size(archive));
            }
        }
    }

    private static void fromTar(TarArchiveInputStream tar, String name, Path target, long size) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (entry.getName().equals(name)) {
                if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink()) {
                    throw new IOException("'%s' in the archive is a link or folder, not a file".formatted(name));
                }
                copy(tar, target, size, Long.MAX_VALUE);
                return;
            }
        }
        throw missing(name);
    }

    private static IOException missing(String entry) {
        return new IOException("the archive has no file '%s'".formatted(entry));
    }

    private static void copy(InputStream in, Path target, long size, long limit) throws IOException {
        long left = size < 0 ? limit : size;
        byte[] buffer = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(target)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                left -= n;
                if (left < 0) {
                    throw new IntegrityException(
                            "the file in the archive is larger than %,d bytes".formatted(size < 0 ? limit : size));
                }
                out.write(buffer, 0, n);
            }
        }
    }

    /** A stream that refuses to give more than so many bytes. */
    private static final class Limited extends FilterInputStream {
        private long left;

        Limited(InputStream in, long limit) {
            super(in);
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            spend(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            spend(Math.max(n, 0));
            return n;
        }

        private void spend(long bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("the archive unpacks to far more than its size lets expect");
            }
        }
    }
}

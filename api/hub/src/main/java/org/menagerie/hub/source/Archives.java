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

    private static final long ALWAYS_ALLOWED = 64L << 20;

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
        long limit = ALWAYS_ALLOWED + Math.max(0, size) + MOST_GROWTH * Files.size(archive);
        if (magic.length == 2 && magic[0] == 'P' && magic[1] == 'K') {
            fromZip(archive, entry, target, size, limit);
            return;
        }
        boolean gzip = magic.length == 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b;
        try (InputStream in = Files.newInputStream(archive);
                InputStream plain = new Limited(gzip ? new GZIPInputStream(in, 1 << 16) : in, limit)) {
            fromTar(new TarReader(plain), entry, target, size);
        }
    }

    private static void fromZip(Path archive, String name, Path target, long size, long limit) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null || entry.isDirectory()) {
                throw missing(name);
            }
            try (InputStream in = zip.getInputStream(entry)) {
                copy(buffer -> in.read(buffer), target, size, limit);
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IOException("damaged archive: " + e.getMessage(), e);
        }
    }

    private static void fromTar(TarReader tar, String name, Path target, long size) throws IOException {
        for (TarReader.Entry entry = tar.next(); entry != null; entry = tar.next()) {
            if (entry.name().equals(name)) {
                if (!entry.file()) {
                    throw new IOException("'%s' in the archive is a link or folder, not a file".formatted(name));
                }
                long[] left = {entry.size()};
                copy(
                        buffer -> {
                            int n = left[0] == 0 ? -1 : tar.content(buffer, left[0]);
                            left[0] -= Math.max(0, n);
                            return n;
                        },
                        target,
                        size,
                        Long.MAX_VALUE);
                return;
            }
        }
        throw missing(name);
    }

    private static IOException missing(String entry) {
        return new IOException("the archive has no file '%s'".formatted(entry));
    }

    /** Fills a buffer; gives the bytes read, or -1 at the end. */
    private interface Reading {
        int into(byte[] buffer) throws IOException;
    }

    private static void copy(Reading in, Path target, long size, long limit) throws IOException {
        long left = size < 0 ? limit : size;
        byte[] buffer = new byte[1 << 16];
        try (OutputStream out = DiskSpace.create(target)) {
            for (int n = in.into(buffer); n >= 0; n = in.into(buffer)) {
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

        /** By reading, so that what is skipped counts as well. */
        @Override
        public long skip(long bytes) throws IOException {
            byte[] buffer = new byte[(int) Math.max(0, Math.min(bytes, 1 << 16))];
            return buffer.length == 0 ? 0 : Math.max(0, read(buffer, 0, buffer.length));
        }

        private void spend(long bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("the archive unpacks to far more than its size lets expect");
            }
        }
    }
}

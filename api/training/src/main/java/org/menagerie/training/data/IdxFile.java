package org.menagerie.training.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.weights.Sha256;

/**
 * An array of unsigned bytes in the IDX format of the MNIST files (LeCun, Cortes and Burges): two zero bytes, the type 8,
 * the number of axes, each extent as a big-endian int32, then the elements.
 *
 * @param dims the extents
 * @param data the elements, row-major
 * @param sha256 the hash of the whole decompressed file
 */
record IdxFile(int[] dims, byte[] data, String sha256) {
    private static final int UNSIGNED_BYTE = 8;
    private static final int GZIP_MAGIC = 0x1f8b;

    /** Reads a file, gzip or plain, that must have this many axes. */
    static IdxFile read(Path path, int axes) {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
                InputStream plain = isGzip(raw) ? new GZIPInputStream(raw, 1 << 16) : raw) {
            return parse(path, axes, new DataInputStream(plain));
        } catch (NoSuchFileException e) {
            throw new InvalidInputException("IDX file %s does not exist".formatted(path), e);
        } catch (EOFException e) {
            throw new InvalidInputException(
                    "IDX file %s is cut off: it ends before what its header promises".formatted(path), e);
        } catch (ZipException e) {
            throw new InvalidInputException(
                    "IDX file %s is damaged: its gzip stream does not unpack (%s)".formatted(path, e.getMessage()), e);
        } catch (IOException e) {
            throw new InvalidInputException("IDX file %s cannot be read: %s".formatted(path, e.getMessage()), e);
        }
    }

    private static boolean isGzip(InputStream in) throws IOException {
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP_MAGIC;
    }

    private static IdxFile parse(Path path, int axes, DataInputStream in) throws IOException {
        int magic = in.readInt();
        if (magic != (UNSIGNED_BYTE << 8 | axes)) {
            throw new InvalidInputException(
                    "IDX file %s starts with 0x%08x; expected 0x%08x, unsigned bytes with %d axes"
                            .formatted(path, magic, UNSIGNED_BYTE << 8 | axes, axes));
        }
        byte[] header = new byte[4 + 4 * axes];
        ByteBuffer fields = ByteBuffer.wrap(header).putInt(magic);
        int[] dims = new int[axes];
        long size = 1;
        for (int i = 0; i < axes; i++) {
            dims[i] = in.readInt();
            fields.putInt(dims[i]);
            size = dims[i] < 0 || size > Integer.MAX_VALUE ? Long.MAX_VALUE : size * dims[i];
        }
        if (size > Integer.MAX_VALUE - 8) {
            throw new InvalidInputException(
                    "IDX file %s declares extents %s; they must be positive and hold at most 2 GiB"
                            .formatted(path, Arrays.toString(dims)));
        }
        byte[] data = in.readNBytes((int) size);
        if (data.length < size) {
            throw new EOFException();
        }
        if (in.read() >= 0) {
            throw new InvalidInputException(
                    "IDX file %s goes on after the %,d elements that its header declares".formatted(path, size));
        }
        return new IdxFile(dims, data, Sha256.of(header, data));
    }
}

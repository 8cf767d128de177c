package org.menagerie.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * A safetensors file: named tensors and a few strings about them. The format is Hugging Face's: the header's length as a
 * little-endian uint64, a JSON header, the tensors' bytes without gaps. Files that this class writes have a checksum in
 * their metadata, and none of which a bit has changed is read; files of other writers have none and are read as they are.
 *
 * @param tensors by name, in the header's order
 * @param metadata what the writer said of the file, for example its format or its training step
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
    /** The reference implementation's limit on the header, bytes. */
    private static final long MAX_HEADER = 100_000_000;

    private static final int LENGTH_FIELD = 8;

    public Safetensors {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * One tensor.
     *
     * @throws InvalidInputException if there is none of this name
     */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new InvalidInputException("There are no weights named '%s' among the %,d: %s"
                    .formatted(
                            name,
                            tensors.size(),
                            tensors.keySet().stream().limit(20).toList()));
        }
        return tensor;
    }

    /**
     * Reads a file into tensors of their own.
     *
     * @throws InvalidInputException if the file is missing or breaks the format's rules
     */
    public static Safetensors read(Path path) {
        return open(path, Safetensors::readBytes);
    }

    /**
     * Maps a file into memory, so that its tensors take no memory of their own. They can be read, not written. The
     * file must not be changed in place while one lives; replacing it, as {@link #write} does, is safe. Tensors that a file
     * does not align are copied.
     *
     * @throws InvalidInputException if the file is missing or breaks the format's rules
     */
    public static Safetensors map(Path path) {
        return open(path, Safetensors::mapBytes);
    }

    /**
     * Writes the file in one step.
     *
     * @throws ZooException if it cannot be written
     */
    public void write(Path path) {
        requireLittleEndian();
        SafetensorsHeader header = SafetensorsHeader.layOut(tensors, Checksum.withRoom(metadata));
        List<ByteBuffer> data = header.namesByOffset().stream()
                .map(name -> tensor(name).bytes())
                .toList();
        AtomicFile.write(path, channel -> {
            byte[] json = header.toBytes();
            Checksum.fill(json, data);
            ByteBuffer start = ByteBuffer.allocate(LENGTH_FIELD + json.length).order(ByteOrder.LITTLE_ENDIAN);
            writeFully(channel, start.putLong(json.length).put(json).flip());
            for (ByteBuffer bytes : data) {
                writeFully(channel, bytes.duplicate());
            }
        });
    }

    /** Gets a tensor's bytes, from a position in the file, into a direct buffer. */
    private interface Fetch {
        ByteBuffer bytes(FileChannel channel, long position, int length, int alignment) throws IOException;
    }

    private static Safetensors open(Path path, Fetch fetch) {
        requireLittleEndian();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            int headerLength = headerLength(channel);
            ByteBuffer json = ByteBuffer.allocate(headerLength);
            readFully(channel, json, LENGTH_FIELD);
            long start = LENGTH_FIELD + (long) headerLength;
            SafetensorsHeader header = SafetensorsHeader.parse(json.array(), channel.size() - start);
            Map<String, Tensor> byName = new HashMap<>();
            List<ByteBuffer> data = new ArrayList<>();
            for (String name : header.namesByOffset()) {
                SafetensorsHeader.Entry entry = header.entry(name);
                if (entry.length() > Integer.MAX_VALUE) {
                    throw new SafetensorsHeader.Malformed(
                            "tensor '%s' takes %,d bytes; at most 2 GiB can be read".formatted(name, entry.length()));
                }
                ByteBuffer bytes = fetch.bytes(
                        channel,
                        start + entry.begin(),
                        (int) entry.length(),
                        entry.elementType().bytes());
                data.add(bytes);
                byName.put(name, Tensor.wrap(entry.elementType(), entry.shape(), bytes));
            }
            Map<String, String> metadata = Checksum.verify(json.array(), header.metadata(), data);
            Map<String, Tensor> inOrder = new LinkedHashMap<>();
            header.entries().keySet().forEach(name -> inOrder.put(name, Objects.requireNonNull(byName.get(name))));
            return new Safetensors(inOrder, metadata);
        } catch (SafetensorsHeader.Malformed e) {
            throw new InvalidInputException(
                    "%s is not a valid safetensors file: %s".formatted(path, e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException("Weights file %s does not exist".formatted(path), e);
        } catch (IOException e) {
            throw new InvalidInputException("Weights file %s cannot be read: %s".formatted(path, e.getMessage()), e);
        }
    }

    private static int headerLength(FileChannel channel) throws IOException, SafetensorsHeader.Malformed {
        long available = channel.size() - LENGTH_FIELD;
        if (available < 0) {
            throw new SafetensorsHeader.Malformed("it has %d bytes; the shortest has 10".formatted(channel.size()));
        }
        ByteBuffer field = ByteBuffer.allocate(LENGTH_FIELD).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, field, 0);
        long length = field.getLong(0);
        if (length < 0 || length > Math.min(available, MAX_HEADER)) {
            throw new SafetensorsHeader.Malformed("it announces a header of %s bytes; %,d follow and %,d are allowed"
                    .formatted(Long.toUnsignedString(length), available, MAX_HEADER));
        }
        return (int) length;
    }

    private static ByteBuffer readBytes(FileChannel channel, long position, int length, int alignment)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(length);
        readFully(channel, bytes, position);
        return bytes.flip();
    }

    private static ByteBuffer mapBytes(FileChannel channel, long position, int length, int alignment)
            throws IOException {
        return position % alignment == 0
                ? channel.map(MapMode.READ_ONLY, position, length)
                : readBytes(channel, position, length, alignment);
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long position) throws IOException {
        while (into.hasRemaining()) {
            int read = channel.read(into, position);
            if (read < 0) {
                throw new EOFException("it ends too early");
            }
            position += read;
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            channel.write(from);
        }
    }

    private static void requireLittleEndian() {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new ZooException("safetensors files hold little-endian numbers; this machine is big-endian");
        }
    }
}

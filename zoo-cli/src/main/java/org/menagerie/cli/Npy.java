package org.menagerie.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.training.checkpoint.AtomicFile;

/** NumPy's {@code .npy} files, versions 1 to 3: row-major, little-endian, numbers and booleans. */
final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

    private static final Map<String, ElementType> TYPES = Map.ofEntries(
            Map.entry("<f4", ElementType.FLOAT32),
            Map.entry("<f8", ElementType.FLOAT64),
            Map.entry("<f2", ElementType.FLOAT16),
            Map.entry("|i1", ElementType.INT8),
            Map.entry("|u1", ElementType.UINT8),
            Map.entry("<i2", ElementType.INT16),
            Map.entry("<u2", ElementType.UINT16),
            Map.entry("<i4", ElementType.INT32),
            Map.entry("<u4", ElementType.UINT32),
            Map.entry("<i8", ElementType.INT64),
            Map.entry("<u8", ElementType.UINT64),
            Map.entry("|b1", ElementType.BOOL));

    private Npy() {}

    static Tensor read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length < 12 || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new InvalidInputException("%s is no .npy file".formatted(file));
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        boolean first = bytes[6] == 1;
        int start = first ? 10 : 12;
        long length = first ? buffer.getShort(8) & 0xffff : buffer.getInt(8) & 0xffffffffL;
        if (start + length > bytes.length) {
            throw new InvalidInputException("%s ends inside its header".formatted(file));
        }
        String header = new String(bytes, start, (int) length, StandardCharsets.UTF_8);
        ElementType type = TYPES.get(field(DESCR, header, file));
        if (type == null) {
            throw new InvalidInputException("%s holds '%s'; expected one of %s"
                    .formatted(file, field(DESCR, header, file), new TreeSet<>(TYPES.keySet())));
        }
        if (field(ORDER, header, file).equals("True")) {
            throw new InvalidInputException("%s is column-major; save it with numpy.ascontiguousarray".formatted(file));
        }
        Shape shape = new Shape(Arrays.stream(field(SHAPE, header, file).split(","))
                .map(String::strip)
                .filter(d -> d.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .toArray());
        int from = start + (int) length;
        if (bytes.length - from != Math.multiplyExact(shape.size(), type.bytes())) {
            throw new InvalidInputException("%s states %s%s and holds %,d bytes of elements"
                    .formatted(file, type.shortName(), shape, bytes.length - from));
        }
        ByteBuffer data = ByteBuffer.allocateDirect(bytes.length - from).order(ByteOrder.nativeOrder());
        data.put(bytes, from, bytes.length - from).flip();
        return Tensor.wrap(type, shape, data);
    }

    private static String field(Pattern pattern, String header, Path file) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new InvalidInputException("%s has a header that is not NumPy's: %s".formatted(file, header.strip()));
        }
        return matcher.group(1);
    }

    static void write(Path file, Tensor tensor) {
        String descr = TYPES.entrySet().stream()
                .filter(e -> e.getValue() == tensor.elementType())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        ".npy has no type for " + tensor.elementType().shortName()));
        String dims =
                Arrays.stream(tensor.shape().dims()).mapToObj(d -> d + ",").collect(Collectors.joining(" "));
        String header = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(descr, dims);
        // The elements begin at a multiple of 64 bytes.
        int padding = 63 - (MAGIC.length + 4 + header.length()) % 64;
        byte[] head = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] elements = new byte[tensor.bytes().remaining()];
        tensor.bytes().get(elements);
        AtomicFile.writeStream(file, out -> {
            out.write(MAGIC);
            out.write(new byte[] {1, 0, (byte) head.length, (byte) (head.length >> 8)});
            out.write(head);
            out.write(elements);
        });
    }
}

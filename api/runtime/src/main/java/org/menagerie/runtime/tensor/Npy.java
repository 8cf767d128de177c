package org.menagerie.runtime.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
import org.menagerie.spi.TensorElements;
import org.menagerie.weights.AtomicFile;

/** NumPy's {@code .npy} files, versions 1 to 3: numbers and booleans in either order; written row-major and little-endian. */
public final class Npy {
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

    /** True if bytes begin as a {@code .npy} file does. */
    public static boolean isOne(byte[] bytes) {
        return bytes.length >= MAGIC.length && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Reads a file's bytes.
     *
     * @param name what errors call them
     * @param wanted the network's type: NumPy has no bfloat16, so for that float32 is rounded; else the file's counts
     */
    public static Tensor read(byte[] bytes, String name, ElementType wanted) {
        if (bytes.length < 12 || !isOne(bytes)) {
            throw new InvalidInputException("%s is not a .npy file".formatted(name));
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        boolean first = bytes[6] == 1;
        int start = first ? 10 : 12;
        long length = first ? buffer.getShort(8) & 0xffff : buffer.getInt(8) & 0xffffffffL;
        if (start + length > bytes.length) {
            throw new InvalidInputException("%s ends inside its header".formatted(name));
        }
        String header = new String(bytes, start, (int) length, StandardCharsets.UTF_8);
        String descr = field(DESCR, header, name);
        boolean bigEndian = descr.startsWith(">");
        ElementType type = TYPES.get(bigEndian ? "<" + descr.substring(1) : descr);
        if (type == null) {
            throw new InvalidInputException(
                    "%s holds '%s'; expected one of %s".formatted(name, descr, new TreeSet<>(TYPES.keySet())));
        }
        boolean columnMajor = field(ORDER, header, name).equals("True");
        Shape shape = shape(field(SHAPE, header, name), name);
        int from = start + (int) length;
        if (bytes.length - from != size(shape, type, name)) {
            throw new InvalidInputException("%s states %s%s and holds %,d bytes of elements"
                    .formatted(name, type.shortName(), shape, bytes.length - from));
        }
        ByteBuffer data = ByteBuffer.allocateDirect(bytes.length - from).order(ByteOrder.nativeOrder());
        if (bigEndian) {
            for (int at = from; at < bytes.length; at += type.bytes()) {
                for (int i = type.bytes() - 1; i >= 0; i--) {
                    data.put(bytes[at + i]);
                }
            }
        } else {
            data.put(bytes, from, bytes.length - from);
        }
        ByteBuffer rows = columnMajor ? rowMajor(data.flip(), shape, type.bytes()) : data.flip();
        Tensor tensor = Tensor.wrap(type, shape, rows);
        return wanted == ElementType.BFLOAT16 && type == ElementType.FLOAT32 ? rounded(tensor) : tensor;
    }

    /** The elements of a column-major tensor, whose first index changes fastest, with the last index changing fastest. */
    private static ByteBuffer rowMajor(ByteBuffer columns, Shape shape, int bytes) {
        ByteBuffer rows = ByteBuffer.allocateDirect(columns.remaining()).order(ByteOrder.nativeOrder());
        int elements = columns.remaining() / bytes;
        for (int element = 0; element < elements; element++) {
            int rest = element;
            int stride = elements;
            int from = 0;
            for (int axis = shape.rank() - 1; axis >= 0; axis--) {
                int extent = (int) shape.dim(axis);
                stride /= extent;
                from += rest % extent * stride;
                rest /= extent;
            }
            rows.put(columns.slice(from * bytes, bytes));
        }
        return rows.flip();
    }

    private static Shape shape(String dims, String name) {
        try {
            return new Shape(Arrays.stream(dims.split(","))
                    .map(String::strip)
                    .filter(dim -> !dim.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray());
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("%s has the shape (%s), which is not NumPy's".formatted(name, dims), e);
        }
    }

    private static long size(Shape shape, ElementType type, String name) {
        try {
            return Math.multiplyExact(shape.size(), type.bytes());
        } catch (ArithmeticException e) {
            throw new InvalidInputException("%s states the shape %s, which is too large".formatted(name, shape), e);
        }
    }

    private static Tensor rounded(Tensor floats) {
        Tensor halves = Tensor.allocate(ElementType.BFLOAT16, floats.shape());
        for (int i = 0; i < floats.size(); i++) {
            TensorElements.putSpecial(halves, i, floats.floats().get(i));
        }
        return halves;
    }

    /** NumPy has no bfloat16; each is a float32. */
    private static Tensor widened(Tensor halves) {
        Tensor floats = Tensor.allocate(ElementType.FLOAT32, halves.shape());
        for (int i = 0; i < halves.size(); i++) {
            TensorElements.putSpecial(floats, i, (Float) TensorElements.get(halves, i));
        }
        return floats;
    }

    private static String field(Pattern pattern, String header, String name) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new InvalidInputException("%s has a header that is not NumPy's: %s".formatted(name, header.strip()));
        }
        return matcher.group(1);
    }

    /** Writes a file in one step; bfloat16 as float32, which holds the same numbers. */
    public static void write(Path file, Tensor elements) {
        Tensor tensor = elements.elementType() == ElementType.BFLOAT16 ? widened(elements) : elements;
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
        byte[] data = new byte[tensor.bytes().remaining()];
        tensor.bytes().get(data);
        AtomicFile.writeStream(file, out -> {
            out.write(MAGIC);
            out.write(new byte[] {1, 0, (byte) head.length, (byte) (head.length >> 8)});
            out.write(head);
            out.write(data);
        });
    }
}

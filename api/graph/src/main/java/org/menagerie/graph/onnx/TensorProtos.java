package org.menagerie.graph.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.GraphException;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;

/** Tensors to and from their protobuf form. ONNX stores raw elements in little-endian order. */
final class TensorProtos {
    private TensorProtos() {}

    static TensorProto write(String name, Tensor tensor) {
        TensorProto.Builder proto = header(name, tensor);
        return proto.setRawData(ByteString.copyFrom(littleEndian(tensor))).build();
    }

    static TensorProto.Builder header(String name, Tensor tensor) {
        TensorProto.Builder proto = TensorProto.newBuilder()
                .setName(name)
                .setDataType(tensor.elementType().onnxCode());
        for (long dim : tensor.shape().dims()) {
            proto.addDims(dim);
        }
        return proto;
    }

    static ByteBuffer littleEndian(Tensor tensor) {
        ByteBuffer bytes = tensor.bytes();
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                ? bytes
                : swapped(bytes, tensor.elementType().bytes());
    }

    private static ByteBuffer swapped(ByteBuffer bytes, int width) {
        ByteBuffer swapped = ByteBuffer.allocateDirect(bytes.capacity());
        for (int i = 0; i < bytes.capacity(); i++) {
            swapped.put(i, bytes.get(i - i % width + width - 1 - i % width));
        }
        return swapped;
    }

    /**
     * Reads a tensor.
     *
     * @param folder where external data lies; null if the model has no file
     * @throws GraphException if the element type is not supported or the data does not fit the shape
     */
    static Tensor read(TensorProto proto, @Nullable Path folder) {
        ElementType element;
        try {
            element = ElementType.ofOnnxCode(proto.getDataType());
        } catch (IllegalArgumentException e) {
            throw new GraphException("Tensor '%s': %s".formatted(proto.getName(), e.getMessage()), e);
        }
        Shape shape;
        long expected;
        try {
            shape = new Shape(
                    proto.getDimsList().stream().mapToLong(Long::longValue).toArray());
            expected = Math.multiplyExact(shape.size(), element.bytes());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new GraphException(
                    "Tensor '%s' has an impossible shape %s".formatted(proto.getName(), proto.getDimsList()), e);
        }
        if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            return readExternal(proto, folder, element, shape, expected);
        }
        if (proto.hasRawData()) {
            require(proto, element, shape, proto.getRawData().size(), expected, "bytes");
            Tensor tensor = Tensor.allocate(element, shape);
            proto.getRawData().copyTo(tensor.bytes());
            toNative(tensor);
            return tensor;
        }
        return readTyped(proto, element, shape);
    }

    private static void toNative(Tensor tensor) {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            tensor.bytes().put(swapped(tensor.bytes(), tensor.elementType().bytes()));
        }
    }

    private static void require(
            TensorProto proto, ElementType element, Shape shape, long found, long expected, String unit) {
        if (found != expected) {
            throw new GraphException("Tensor '%s' %s%s holds %,d %s; expected %,d"
                    .formatted(proto.getName(), element.shortName(), shape, found, unit, expected));
        }
    }

    /** The form without raw bytes: small types share the int32 field. Counts are checked before memory is taken. */
    private static Tensor readTyped(TensorProto proto, ElementType element, Shape shape) {
        int found = switch (element) {
            case FLOAT32 -> proto.getFloatDataCount();
            case FLOAT64 -> proto.getDoubleDataCount();
            case INT64 -> proto.getInt64DataCount();
            case UINT32, UINT64 -> proto.getUint64DataCount();
            default -> proto.getInt32DataCount();
        };
        require(proto, element, shape, found, shape.size(), "elements");
        Tensor tensor = Tensor.allocate(element, shape);
        ByteBuffer bytes = tensor.bytes();
        int width = element.bytes();
        for (int i = 0; i < found; i++) {
            switch (element) {
                case FLOAT32 -> bytes.putFloat(4 * i, proto.getFloatData(i));
                case FLOAT64 -> bytes.putDouble(8 * i, proto.getDoubleData(i));
                case INT64 -> bytes.putLong(8 * i, proto.getInt64Data(i));
                case UINT32, UINT64 -> putInteger(bytes, width, i, proto.getUint64Data(i));
                default -> putInteger(bytes, width, i, proto.getInt32Data(i));
            }
        }
        return tensor;
    }

    private static void putInteger(ByteBuffer bytes, int width, int index, long value) {
        switch (width) {
            case 1 -> bytes.put(index, (byte) value);
            case 2 -> bytes.putShort(2 * index, (short) value);
            case 4 -> bytes.putInt(4 * index, (int) value);
            default -> bytes.putLong(8 * index, value);
        }
    }

    private static Tensor readExternal(
            TensorProto proto, @Nullable Path folder, ElementType element, Shape shape, long expected) {
        Map<String, String> entries = new HashMap<>();
        proto.getExternalDataList().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        String location = entries.getOrDefault("location", "");
        if (folder == null) {
            throw new GraphException("Tensor '%s' lies in '%s' beside the model; read the model from its file"
                    .formatted(proto.getName(), location));
        }
        try {
            long offset = Long.parseLong(entries.getOrDefault("offset", "0"));
            long length = Long.parseLong(entries.getOrDefault("length", Long.toString(expected)));
            require(proto, element, shape, length, expected, "bytes");
            Path file = folder.resolve(location);
            boolean inside = !location.isEmpty()
                    && file.normalize().startsWith(folder.normalize())
                    && (!Files.exists(file) || file.toRealPath().startsWith(folder.toRealPath()));
            if (!inside) {
                throw new GraphException("Tensor '%s' lies in '%s', outside the model's folder: not read"
                        .formatted(proto.getName(), location));
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                if (offset < 0 || offset > channel.size() - expected) {
                    throw new GraphException(
                            "External data '%s' has %,d bytes; tensor '%s' %s%s needs %,d from byte %,d on"
                                    .formatted(
                                            location,
                                            channel.size(),
                                            proto.getName(),
                                            element.shortName(),
                                            shape,
                                            expected,
                                            offset));
                }
                Tensor tensor = Tensor.allocate(element, shape);
                fill(tensor.bytes(), channel, offset);
                toNative(tensor);
                return tensor;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new GraphException(
                    "External data '%s' of tensor '%s' cannot be read: %s"
                            .formatted(location, proto.getName(), e.toString()),
                    e);
        }
    }

    private static void fill(ByteBuffer bytes, FileChannel channel, long offset) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the file ends early");
            }
        }
    }
}

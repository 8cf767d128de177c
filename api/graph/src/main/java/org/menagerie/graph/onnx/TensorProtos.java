package org.menagerie.graph.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
        Shape shape = new Shape(
                proto.getDimsList().stream().mapToLong(Long::longValue).toArray());
        Tensor tensor = Tensor.allocate(element, shape);
        if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            readExternal(proto, folder, tensor);
        } else if (proto.hasRawData()) {
            require(proto, tensor, proto.getRawData().size(), tensor.bytes().capacity());
            proto.getRawData().copyTo(tensor.bytes());
            toNative(tensor);
        } else {
            readTyped(proto, tensor);
        }
        return tensor;
    }

    private static void toNative(Tensor tensor) {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            tensor.bytes().put(swapped(tensor.bytes(), tensor.elementType().bytes()));
        }
    }

    private static void require(TensorProto proto, Tensor tensor, long found, long expected) {
        if (found != expected) {
            throw new GraphException("Tensor '%s' %s holds %,d elements or bytes; expected %,d"
                    .formatted(proto.getName(), tensor, found, expected));
        }
    }

    /** The form without raw bytes: small types share the int32 field. */
    private static void readTyped(TensorProto proto, Tensor tensor) {
        int size = tensor.size();
        switch (tensor.elementType()) {
            case FLOAT32 -> {
                require(proto, tensor, proto.getFloatDataCount(), size);
                for (int i = 0; i < size; i++) {
                    tensor.floats().put(i, proto.getFloatData(i));
                }
            }
            case FLOAT64 -> {
                require(proto, tensor, proto.getDoubleDataCount(), size);
                for (int i = 0; i < size; i++) {
                    tensor.doubles().put(i, proto.getDoubleData(i));
                }
            }
            case INT64 -> {
                require(proto, tensor, proto.getInt64DataCount(), size);
                for (int i = 0; i < size; i++) {
                    tensor.longs().put(i, proto.getInt64Data(i));
                }
            }
            case UINT32, UINT64 -> {
                require(proto, tensor, proto.getUint64DataCount(), size);
                int width = tensor.elementType().bytes();
                for (int i = 0; i < size; i++) {
                    putInteger(tensor.bytes(), width, i, proto.getUint64Data(i));
                }
            }
            default -> {
                require(proto, tensor, proto.getInt32DataCount(), size);
                int width = tensor.elementType().bytes();
                for (int i = 0; i < size; i++) {
                    putInteger(tensor.bytes(), width, i, proto.getInt32Data(i));
                }
            }
        }
    }

    private static void putInteger(ByteBuffer bytes, int width, int index, long value) {
        switch (width) {
            case 1 -> bytes.put(index, (byte) value);
            case 2 -> bytes.putShort(2 * index, (short) value);
            case 4 -> bytes.putInt(4 * index, (int) value);
            default -> bytes.putLong(8 * index, value);
        }
    }

    private static void readExternal(TensorProto proto, @Nullable Path folder, Tensor tensor) {
        String location = "";
        long offset = 0;
        for (var entry : proto.getExternalDataList()) {
            switch (entry.getKey()) {
                case "location" -> location = entry.getValue();
                case "offset" -> offset = Long.parseLong(entry.getValue());
                default -> {
                    // Length and checksum are implied by the type, or checked elsewhere.
                }
            }
        }
        if (folder == null) {
            throw new GraphException("Tensor '%s' lies in '%s' beside the model; read the model from its file"
                    .formatted(proto.getName(), location));
        }
        Path file = folder.resolve(location).normalize();
        if (location.isEmpty() || !file.startsWith(folder.normalize())) {
            throw new GraphException("Tensor '%s' lies in '%s', outside the model's folder: not read"
                    .formatted(proto.getName(), location));
        }
        ByteBuffer bytes = tensor.bytes();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + bytes.position()) < 0) {
                    throw new GraphException("External data '%s' ends before tensor '%s' %s does"
                            .formatted(location, proto.getName(), tensor));
                }
            }
        } catch (IOException e) {
            throw new GraphException(
                    "External data '%s' of tensor '%s' cannot be read: %s"
                            .formatted(location, proto.getName(), e.getMessage()),
                    e);
        }
        toNative(tensor);
    }
}

package org.menagerie.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * Unsigned tensors of more than eight bits as inputs. ONNX Runtime's Java API cannot wrap them, so a network of one Cast
 * makes each from the signed tensor of the same bits.
 */
final class UnsignedTensors {
    private static final Map<ElementType, OrtSession> CASTS = new EnumMap<>(ElementType.class);

    private UnsignedTensors() {}

    /** A tensor of ONNX Runtime's own memory with the elements of an unsigned tensor. */
    static OnnxTensor copy(Tensor tensor) throws OrtException {
        ElementType type = tensor.elementType();
        try (OnnxTensor signed = OnnxTensor.createTensor(
                Ort.environment(), tensor.bytes(), tensor.shape().dims(), signed(type))) {
            return (OnnxTensor) cast(type).run(Map.of("x", signed)).get(0);
        }
    }

    private static OnnxJavaType signed(ElementType type) {
        return switch (type) {
            case UINT16 -> OnnxJavaType.INT16;
            case UINT32 -> OnnxJavaType.INT32;
            case UINT64 -> OnnxJavaType.INT64;
            default -> throw new IllegalArgumentException(type + " needs no cast");
        };
    }

    private static OrtSession cast(ElementType type) throws OrtException {
        synchronized (CASTS) {
            OrtSession session = CASTS.get(type);
            if (session == null) {
                session = Ort.environment().createSession(network(type));
                CASTS.put(type, session);
            }
            return session;
        }
    }

    /** The protobuf bytes of {@code y = Cast(x)}; the numbers are the fields of {@code onnx.proto}. */
    private static byte[] network(ElementType type) {
        int from = switch (type) {
            case UINT16 -> ElementType.INT16.onnxCode();
            case UINT32 -> ElementType.INT32.onnxCode();
            default -> ElementType.INT64.onnxCode();
        };
        byte[] to = join(field(1, "to"), field(3, type.onnxCode()), field(20, 2));
        byte[] node = join(field(1, "x"), field(2, "y"), field(4, "Cast"), field(5, to));
        byte[] graph = join(
                field(1, node), field(2, "cast"), field(11, value("x", from)), field(12, value("y", type.onnxCode())));
        return join(field(1, 8), field(7, graph), field(8, field(2, 13)));
    }

    private static byte[] value(String name, int elementType) {
        return join(field(1, name), field(2, field(1, field(1, elementType))));
    }

    private static byte[] field(int number, int value) {
        return join(tag(number, 0), new byte[] {(byte) value});
    }

    private static byte[] field(int number, String text) {
        return field(number, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] field(int number, byte[] content) {
        return join(tag(number, 2), new byte[] {(byte) content.length}, content);
    }

    private static byte[] tag(int number, int wire) {
        int tag = number << 3 | wire;
        return tag < 128 ? new byte[] {(byte) tag} : new byte[] {(byte) (tag | 128), (byte) (tag >> 7)};
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}

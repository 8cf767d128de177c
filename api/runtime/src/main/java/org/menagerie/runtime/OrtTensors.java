package org.menagerie.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/** Between our tensors and ONNX Runtime's. */
final class OrtTensors {
    private OrtTensors() {}

    /** ONNX Runtime's view of a tensor's own memory. */
    static OnnxTensor wrap(Tensor tensor) {
        try {
            return OnnxTensor.createTensor(
                    Ort.environment(), tensor.bytes(), tensor.shape().dims(), javaType(tensor.elementType()));
        } catch (OrtException e) {
            throw new ZooException("ONNX Runtime refuses a tensor %s: %s".formatted(tensor, e.getMessage()), e);
        }
    }

    /** ONNX Runtime's tensor with the elements of ours, for one run: a view where its Java API has the type, else a copy. */
    static OnnxTensor forReading(Tensor tensor) {
        if (wrappable(tensor.elementType())) {
            return wrap(tensor);
        }
        try {
            return UnsignedTensors.copy(tensor);
        } catch (OrtException e) {
            throw new ZooException("ONNX Runtime refuses a tensor %s: %s".formatted(tensor, e.getMessage()), e);
        }
    }

    /** Memory for an output; one that Java cannot hold in one buffer is refused by name. */
    static Tensor allocate(String output, ElementType type, Shape shape) {
        BigInteger bytes = BigInteger.valueOf(type.bytes());
        for (long dim : shape.dims()) {
            bytes = bytes.multiply(BigInteger.valueOf(dim));
        }
        if (bytes.bitLength() > 31) {
            throw new InvalidInputException(
                    "Output '%s' would be %s%s, %,d bytes; one tensor holds at most %,d, so give smaller inputs or fewer at once"
                            .formatted(output, type.shortName(), shape, bytes, Integer.MAX_VALUE));
        }
        return Tensor.allocate(type, shape);
    }

    /** A copy in memory of our own of what ONNX Runtime allocated. */
    static Tensor copy(String output, OnnxValue value) {
        OnnxTensor tensor = (OnnxTensor) value;
        TensorInfo info = tensor.getInfo();
        Tensor copy = allocate(output, elementType(info).orElseThrow(), new Shape(info.getShape()));
        ByteBuffer bytes = tensor.getByteBuffer();
        copy.bytes().put(bytes);
        return copy;
    }

    /** Whether ONNX Runtime's Java API can wrap memory of this type; it has no unsigned types past eight bits. */
    static boolean wrappable(ElementType type) {
        return type != ElementType.UINT16 && type != ElementType.UINT32 && type != ElementType.UINT64;
    }

    /** Our name of ONNX Runtime's type; empty for strings, complex numbers and eight-bit floats. */
    static Optional<ElementType> elementType(TensorInfo info) {
        return switch (info.onnxType) {
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> Optional.of(ElementType.FLOAT32);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> Optional.of(ElementType.FLOAT64);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> Optional.of(ElementType.FLOAT16);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16 -> Optional.of(ElementType.BFLOAT16);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> Optional.of(ElementType.INT8);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> Optional.of(ElementType.INT16);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> Optional.of(ElementType.INT32);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> Optional.of(ElementType.INT64);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> Optional.of(ElementType.UINT8);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16 -> Optional.of(ElementType.UINT16);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32 -> Optional.of(ElementType.UINT32);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64 -> Optional.of(ElementType.UINT64);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> Optional.of(ElementType.BOOL);
            default -> Optional.empty();
        };
    }

    private static OnnxJavaType javaType(ElementType type) {
        return switch (type) {
            case FLOAT32 -> OnnxJavaType.FLOAT;
            case FLOAT64 -> OnnxJavaType.DOUBLE;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case BFLOAT16 -> OnnxJavaType.BFLOAT16;
            case INT8 -> OnnxJavaType.INT8;
            case INT16 -> OnnxJavaType.INT16;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            case UINT8 -> OnnxJavaType.UINT8;
            case BOOL -> OnnxJavaType.BOOL;
            case UINT16, UINT32, UINT64 ->
                throw new InvalidInputException(
                        "ONNX Runtime's Java API cannot write into a %s tensor or keep one pinned; let the run return it"
                                .formatted(type.shortName()));
        };
    }
}

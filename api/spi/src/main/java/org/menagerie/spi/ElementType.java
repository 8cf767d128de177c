package org.menagerie.spi;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The type of a tensor's elements, with the code that ONNX gives it and the short name that type strings use. */
public enum ElementType {
    FLOAT32("f32", 1, 4),
    UINT8("u8", 2, 1),
    INT8("i8", 3, 1),
    UINT16("u16", 4, 2),
    INT16("i16", 5, 2),
    INT32("i32", 6, 4),
    INT64("i64", 7, 8),
    BOOL("bool", 9, 1),
    FLOAT16("f16", 10, 2),
    FLOAT64("f64", 11, 8),
    UINT32("u32", 12, 4),
    UINT64("u64", 13, 8),
    BFLOAT16("bf16", 16, 2);

    private final String shortName;
    private final int onnxCode;
    private final int bytes;

    ElementType(String shortName, int onnxCode, int bytes) {
        this.shortName = shortName;
        this.onnxCode = onnxCode;
        this.bytes = bytes;
    }

    /** The name in type strings such as {@code f32[N,3,224,224]}. */
    public String shortName() {
        return shortName;
    }

    /** The value of {@code TensorProto.DataType}. */
    public int onnxCode() {
        return onnxCode;
    }

    /** Bytes an element takes. */
    public int bytes() {
        return bytes;
    }

    /** True of the floating-point types: what gradients exist for. */
    public boolean isFloating() {
        return this == FLOAT32 || this == FLOAT64 || this == FLOAT16 || this == BFLOAT16;
    }

    /** The type with a short name such as {@code f32} or {@code i64}. */
    public static ElementType parse(String shortName) {
        for (ElementType type : values()) {
            if (type.shortName.equals(shortName)) {
                return type;
            }
        }
        throw new IllegalArgumentException("Unknown element type '%s'; expected one of %s"
                .formatted(
                        shortName,
                        Arrays.stream(values()).map(ElementType::shortName).collect(Collectors.joining(", "))));
    }

    /** The type with this {@code TensorProto.DataType} value. */
    public static ElementType ofOnnxCode(int code) {
        for (ElementType type : values()) {
            if (type.onnxCode == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("ONNX element type %d is not supported; supported are %s"
                .formatted(
                        code,
                        Arrays.stream(values())
                                .map(t -> t.onnxCode + " (" + t.shortName + ")")
                                .collect(Collectors.joining(", "))));
    }
}

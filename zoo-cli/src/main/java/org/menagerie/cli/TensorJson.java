package org.menagerie.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Network.TensorInfo;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;

/** Tensors as nested JSON lists of numbers, of the type that a network's input wants. */
final class TensorJson {
    private TensorJson() {}

    static Tensor read(Path file, TensorInfo wanted) throws IOException {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new InvalidInputException("%s is not JSON: %s".formatted(file, e.getOriginalMessage()), e);
        }
        List<Long> dims = new ArrayList<>();
        for (JsonNode at = root; at.isArray(); at = at.path(0)) {
            dims.add((long) at.size());
        }
        Shape shape = new Shape(dims.stream().mapToLong(Long::longValue).toArray());
        Tensor tensor = Tensor.allocate(wanted.elementType(), shape);
        fill(root, 0, shape, tensor.bytes(), wanted.elementType(), file);
        return tensor;
    }

    private static void fill(JsonNode node, int axis, Shape shape, ByteBuffer out, ElementType type, Path file) {
        if (axis == shape.rank()) {
            put(node, out, type, file);
            return;
        }
        if (!node.isArray() || node.size() != shape.dim(axis)) {
            throw new InvalidInputException(
                    "%s is no tensor: its lists differ in length at depth %d".formatted(file, axis));
        }
        node.forEach(child -> fill(child, axis + 1, shape, out, type, file));
    }

    private static void put(JsonNode node, ByteBuffer out, ElementType type, Path file) {
        if (!node.isNumber() && !node.isBoolean()) {
            throw new InvalidInputException("%s holds '%s' where a number is expected".formatted(file, node));
        }
        switch (type) {
            case FLOAT32 -> out.putFloat((float) node.doubleValue());
            case FLOAT64 -> out.putDouble(node.doubleValue());
            case INT64, UINT64 -> out.putLong(node.longValue());
            case INT32, UINT32 -> out.putInt(node.intValue());
            case INT16, UINT16 -> out.putShort((short) node.intValue());
            case INT8, UINT8 -> out.put((byte) node.intValue());
            case BOOL -> out.put((byte) (node.booleanValue() || node.intValue() != 0 ? 1 : 0));
            case FLOAT16, BFLOAT16 ->
                throw new InvalidInputException("JSON cannot feed %s; use a .npy file".formatted(type.shortName()));
        }
    }
}

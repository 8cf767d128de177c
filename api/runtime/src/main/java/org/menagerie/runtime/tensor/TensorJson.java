package org.menagerie.runtime.tensor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Network.TensorInfo;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.TensorElements;

/**
 * Tensors as nested JSON lists of numbers. True and false are 1 and 0; the numbers that JSON lacks are the texts
 * {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}. What does not fit the element type is refused.
 */
public final class TensorJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private TensorJson() {}

    /**
     * Reads a tensor of the type that a network's input wants.
     *
     * @param name what errors call the text
     */
    public static Tensor read(String text, String name, TensorInfo wanted) throws IOException {
        try {
            Shape shape = shape(text, name);
            Tensor tensor = Tensor.allocate(wanted.elementType(), shape);
            try (JsonParser parser = FACTORY.createParser(text)) {
                int next = 0;
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token.isScalarValue()) {
                        put(tensor, next++, parser, name);
                    }
                }
            }
            return tensor;
        } catch (JsonProcessingException e) {
            String hint = e.getOriginalMessage().startsWith("Non-standard token")
                    ? "NaN and Infinity are not JSON numbers; a floating-point input takes them in quotes"
                    : e.getOriginalMessage();
            throw new InvalidInputException("%s is not JSON: %s".formatted(name, hint), e);
        }
    }

    /** The extents of the nested lists, which must not differ within a depth. */
    private static Shape shape(String text, String name) throws IOException {
        List<Long> dims = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        counts.add(0L);
        int leaves = -1;
        try (JsonParser parser = FACTORY.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                int depth = counts.size() - 1;
                if (token == JsonToken.END_ARRAY) {
                    long count = counts.remove(depth);
                    if (dims.get(depth - 1) >= 0 && dims.get(depth - 1) != count) {
                        throw ragged(name, depth);
                    }
                    dims.set(depth - 1, count);
                    continue;
                }
                if (depth == 0 && counts.get(0) > 0) {
                    throw new InvalidInputException("%s goes on after its first value".formatted(name));
                }
                counts.set(depth, counts.get(depth) + 1);
                if (token == JsonToken.START_ARRAY) {
                    if (leaves >= 0 && depth >= leaves) {
                        throw ragged(name, depth);
                    }
                    counts.add(0L);
                    if (dims.size() == depth) {
                        dims.add(-1L);
                    }
                } else if (token.isScalarValue()) {
                    if (depth < dims.size() || (leaves >= 0 && depth != leaves)) {
                        throw ragged(name, depth);
                    }
                    leaves = depth;
                } else {
                    throw new InvalidInputException(
                            "%s holds a JSON object where lists of numbers are expected".formatted(name));
                }
            }
        }
        if (counts.get(0) == 0) {
            throw new InvalidInputException("%s is empty; expected nested lists of numbers".formatted(name));
        }
        return new Shape(dims.stream().mapToLong(Long::longValue).toArray());
    }

    private static InvalidInputException ragged(String name, int depth) {
        return new InvalidInputException(
                "%s is not a tensor: its lists differ in length at depth %d".formatted(name, depth));
    }

    private static void put(Tensor tensor, int index, JsonParser parser, String name) throws IOException {
        String text = parser.getText();
        boolean floating = tensor.elementType().isFloating();
        try {
            switch (parser.currentToken()) {
                case VALUE_TRUE -> TensorElements.put(tensor, index, BigDecimal.ONE);
                case VALUE_FALSE -> TensorElements.put(tensor, index, BigDecimal.ZERO);
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    BigDecimal number = new BigDecimal(text);
                    if (floating && number.signum() == 0) {
                        TensorElements.putSpecial(tensor, index, text.startsWith("-") ? -0.0f : 0.0f);
                    } else {
                        TensorElements.put(tensor, index, number);
                    }
                }
                default -> {
                    if (!floating || !text.matches("NaN|-?Infinity")) {
                        throw new InvalidInputException("found '%s' where a number is expected".formatted(shown(text)));
                    }
                    TensorElements.putSpecial(tensor, index, Float.parseFloat(text));
                }
            }
        } catch (InvalidInputException e) {
            throw new InvalidInputException("%s, element %,d: %s".formatted(name, index, e.getMessage()), e);
        } catch (NumberFormatException e) {
            throw new InvalidInputException(
                    "%s, element %,d: '%s' is out of the range of any type".formatted(name, index, shown(text)), e);
        }
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    /** Writes the elements as nested lists; numbers that JSON lacks are texts. */
    public static void write(Tensor tensor, JsonGenerator out) throws IOException {
        write(tensor, out, 0, 0);
    }

    private static int write(Tensor tensor, JsonGenerator out, int axis, int from) throws IOException {
        if (axis == tensor.shape().rank()) {
            write(TensorElements.get(tensor, from), out);
            return from + 1;
        }
        int next = from;
        out.writeStartArray();
        for (long i = 0; i < tensor.shape().dim(axis); i++) {
            next = write(tensor, out, axis + 1, next);
        }
        out.writeEndArray();
        return next;
    }

    private static void write(Object element, JsonGenerator out) throws IOException {
        if (element instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (element instanceof Long integer) {
            out.writeNumber(integer);
        } else if (element instanceof BigInteger integer) {
            out.writeNumber(integer);
        } else if (element instanceof Float number) {
            out.writeNumber(number);
        } else {
            out.writeNumber((Double) element);
        }
    }
}

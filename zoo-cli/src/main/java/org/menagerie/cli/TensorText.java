package org.menagerie.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.menagerie.spi.Tensor;

/** The first elements of a tensor for people to read. */
final class TensorText {
    private static final int SHOWN = 10;

    private TensorText() {}

    static String first(Tensor tensor) {
        int shown = Math.min(SHOWN, tensor.size());
        String values =
                IntStream.range(0, shown).mapToObj(i -> element(tensor, i)).collect(Collectors.joining(" "));
        return values + (tensor.size() > shown ? " …" : "");
    }

    private static String element(Tensor tensor, int i) {
        return switch (tensor.elementType()) {
            case FLOAT32 -> String.format(Locale.ROOT, "%.6g", tensor.floats().get(i));
            case FLOAT64 -> String.format(Locale.ROOT, "%.6g", tensor.doubles().get(i));
            case INT64, UINT64 -> Long.toString(tensor.longs().get(i));
            case INT32, UINT32 -> Integer.toString(tensor.bytes().getInt(4 * i));
            case INT16, UINT16, FLOAT16, BFLOAT16 ->
                Integer.toString(tensor.bytes().getShort(2 * i));
            case INT8, UINT8, BOOL -> Integer.toString(tensor.bytes().get(i));
        };
    }
}

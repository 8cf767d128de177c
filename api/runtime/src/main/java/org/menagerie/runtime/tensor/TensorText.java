package org.menagerie.runtime.tensor;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.TensorElements;

/** The first elements of a tensor for people to read. */
public final class TensorText {
    private static final int SHOWN = 10;

    private TensorText() {}

    public static String first(Tensor tensor) {
        if (tensor.size() == 0) {
            return "no elements";
        }
        int shown = Math.min(SHOWN, tensor.size());
        String values = IntStream.range(0, shown)
                .mapToObj(i -> text(TensorElements.get(tensor, i)))
                .collect(Collectors.joining(" "));
        return values + (tensor.size() > shown ? " …" : "");
    }

    /** Six digits of a floating-point number, without zeros behind them. */
    private static String text(Object element) {
        if (!(element instanceof Float) && !(element instanceof Double)) {
            return element.toString();
        }
        return String.format(Locale.ROOT, "%.6g", ((Number) element).doubleValue())
                .replaceFirst("(\\.\\d*?)0+(?=e|$)", "$1")
                .replaceFirst("\\.(?=e|$)", "");
    }
}

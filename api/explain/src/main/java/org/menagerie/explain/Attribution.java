package org.menagerie.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.spi.Tensor;

/**
 * The result of a method.
 *
 * @param values of the input's shape, or a map {@code [1,1,height,width]} over the whole input at a resolution of its own
 * @param signed true if a negative value speaks against the target; false if only the size counts
 * @param figures checks and counts by name, such as the completeness of integrated gradients
 * @param remarks sentences that a reader must know
 */
public record Attribution(Tensor values, boolean signed, Map<String, Double> figures, List<String> remarks) {
    public Attribution {
        figures = Map.copyOf(figures);
        remarks = List.copyOf(remarks);
    }

    /** Values whose sign says for or against. */
    public static Attribution signed(Tensor values) {
        return new Attribution(values, true, Map.of(), List.of());
    }

    /** Values of which only the size counts. */
    public static Attribution unsigned(Tensor values) {
        return new Attribution(values, false, Map.of(), List.of());
    }

    public Attribution with(String figure, double value) {
        Map<String, Double> more = new LinkedHashMap<>(figures);
        more.put(figure, value);
        return new Attribution(values, signed, more, remarks);
    }

    public Attribution saying(String remark) {
        List<String> more = new ArrayList<>(remarks);
        more.add(remark);
        return new Attribution(values, signed, figures, more);
    }
}

package org.menagerie.graph.gradient;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;
import org.menagerie.graph.operator.EinsumEquation;
import org.menagerie.spi.ElementType;

/**
 * Einstein summation. Of {@code Y = Σ A·B·…} the gradient of A is the summation of dY and all other factors down to A's
 * letters; it is spread over letters that stand in A alone, and along the diagonal of a letter that A has twice.
 */
final class EinsumRule {
    private EinsumRule() {}

    static List<@Nullable Value> apply(GraphBuilder g, Node n, Value dy) {
        List<Integer> ranks = new ArrayList<>();
        for (int i = 0; i < n.inputs().size(); i++) {
            ranks.add(n.in(i).rank());
        }
        EinsumEquation equation = EinsumEquation.parse(n.attributes().getText("equation", ""), ranks);
        List<@Nullable Value> gradients = new ArrayList<>();
        for (int i = 0; i < ranks.size(); i++) {
            gradients.add(gradient(g, n, dy, equation, i));
        }
        return gradients;
    }

    private static Value gradient(GraphBuilder g, Node n, Value dy, EinsumEquation equation, int input) {
        String wanted = equation.inputs().get(input);
        List<String> terms = new ArrayList<>();
        List<Value> factors = new ArrayList<>();
        if (!equation.output().isEmpty()) {
            terms.add(equation.output());
            factors.add(dy);
        }
        for (int i = 0; i < equation.inputs().size(); i++) {
            if (i != input) {
                terms.add(equation.inputs().get(i));
                factors.add(n.in(i));
            }
        }
        String known = distinct(wanted, String.join("", terms));
        Value summed = dy;
        if (!factors.isEmpty()) {
            summed = g.einsum(String.join(",", terms) + "->" + known, factors.toArray(Value[]::new));
            summed = equation.output().isEmpty() ? g.mul(summed, dy) : summed;
        }
        return spread(g, summed, known, n.in(input), wanted);
    }

    /** The letters of a term that are known, each once. */
    private static String distinct(String term, String known) {
        return term.chars()
                .distinct()
                .filter(letter -> known.indexOf(letter) >= 0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Value spread(GraphBuilder g, Value summed, String known, Value x, String wanted) {
        if (known.equals(wanted)) {
            return summed;
        }
        long[] added = java.util.stream.IntStream.range(0, wanted.length())
                .filter(axis -> known.indexOf(wanted.charAt(axis)) < 0 || wanted.indexOf(wanted.charAt(axis)) < axis)
                .asLongStream()
                .toArray();
        Value result = g.unsqueeze(summed, added);
        for (int axis = 0; axis < wanted.length(); axis++) {
            int first = wanted.indexOf(wanted.charAt(axis));
            if (first < axis) {
                result = g.mul(result, diagonal(g, x, first, axis));
            }
        }
        return g.expand(result, g.shapeOf(x));
    }

    /** 1 where two places agree, else 0, with the other axes of extent 1. */
    private static Value diagonal(GraphBuilder g, Value x, int first, int second) {
        Value places =
                g.op("Range", g.scalar(ElementType.INT64, 0), g.extent(x, first), g.scalar(ElementType.INT64, 1));
        Value equal = g.equal(g.along(places, first, x.rank()), g.along(places, second, x.rank()));
        return g.cast(equal, x.element());
    }
}

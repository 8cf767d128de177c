package org.menagerie.conformance.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.Value;
import org.menagerie.spi.Tensor;

/** Recurrent layers in every direction, with and without lengths, bias and initial states, through every output. */
final class RecurrentCases {
    private static final String EQUAL = ", equal extents";

    private RecurrentCases() {}

    static List<GradientCase> all() {
        List<GradientCase> cases = new ArrayList<>();
        Map<String, Attributes> cells = Map.of(
                "RNN", Attributes.NONE,
                "LSTM", Attributes.NONE,
                "GRU", Attributes.NONE,
                "GRU, linear before reset", Attributes.of("linear_before_reset", true));
        cells.forEach((cell, attributes) -> {
            for (String direction : List.of("forward", "reverse", "bidirectional")) {
                Attributes directed = attributes.with("direction", direction);
                String name = cell + ", " + direction;
                Sizes sizes = new Sizes(4, 3, 2, 2);
                cases.add(row(name, directed, sizes, false, false, false));
                cases.add(row(name + ", bias, initial state", directed, sizes, true, false, false));
                cases.add(row(name + ", bias, initial state, lengths", directed, sizes, true, true, false));
                cases.add(row(name + ", symbolic", directed, sizes, false, false, true));
                cases.add(row(name + ", symbolic, lengths", directed, sizes, false, true, true));
            }
            cases.add(row(cell + ", forward" + EQUAL, attributes, new Sizes(3, 3, 3, 3), true, false, false));
        });
        return cases;
    }

    /** True of every recurrent row: its weights hold the gates one after another, so {@code Sizes} are equal, not extents. */
    static boolean areEqual(GradientCase row) {
        return row.name().matches("(RNN|GRU|LSTM), .*");
    }

    /** The extents of a sequence, and that of the state. */
    private record Sizes(int steps, int batch, int input, int hidden) {}

    /** Elements that keep gates away from their ends, where differences in float32 lose digits. */
    private static Input small(long... shape) {
        return Input.of(shape).within(-0.8, 0.8);
    }

    private static GradientCase row(
            String name, Attributes attributes, Sizes sizes, boolean full, boolean lengths, boolean symbolic) {
        String op = name.substring(0, name.indexOf(','));
        long gates = op.equals("RNN") ? 1 : op.equals("GRU") ? 3 : 4;
        long directions = name.contains("bidirectional") ? 2 : 1;
        Input x = small(sizes.steps(), sizes.batch(), sizes.input());
        List<Input> inputs = new ArrayList<>(List.of(
                symbolic ? x.declared(lengths ? "[T,3,2]" : "[T,N,2]") : x,
                small(directions, gates * sizes.hidden(), sizes.input()),
                small(directions, gates * sizes.hidden(), sizes.hidden())));
        if (full) {
            inputs.add(small(directions, 2 * gates * sizes.hidden()));
            inputs.add(small(directions, sizes.batch(), sizes.hidden()));
        }
        boolean cell = op.equals("LSTM");
        if (full && cell) {
            inputs.add(small(directions, sizes.batch(), sizes.hidden()));
        }
        GradientCase row = GradientCase.many(name, inputs, (g, in) -> {
                    Value[] operands = new Value[cell ? 7 : 6];
                    for (int i = 0; i < in.size(); i++) {
                        operands[i < 4 ? i : i + 1] = in.get(i);
                    }
                    operands[4] =
                            lengths ? g.constant(Tensor.of(new int[] {sizes.steps(), 1, 2}, sizes.batch())) : null;
                    return g.ops(op, attributes.with("hidden_size", sizes.hidden()), cell ? 3 : 2, operands);
                })
                .inFloat32();
        boolean twice = name.contains(EQUAL) || (full && lengths && directions == 2);
        return twice ? row : row.once();
    }
}

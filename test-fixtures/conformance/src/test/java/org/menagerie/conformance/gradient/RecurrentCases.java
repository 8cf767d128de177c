package org.menagerie.conformance.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.Value;
import org.menagerie.spi.Tensor;

/** Recurrent layers in every direction, with and without lengths, bias and initial states, through every output. */
final class RecurrentCases {
    private static final int STEPS = 4;
    private static final int BATCH = 3;
    private static final int INPUT = 2;
    private static final int HIDDEN = 2;

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
                cases.add(row(name, directed, false, false, false));
                cases.add(row(name + ", bias, initial state", directed, true, false, false));
                cases.add(row(name + ", bias, initial state, lengths", directed, true, true, false));
                cases.add(row(name + ", symbolic", directed, false, false, true));
                cases.add(row(name + ", symbolic, lengths", directed, false, true, true));
            }
        });
        return cases;
    }

    /** Elements that keep gates away from their ends, where differences in float32 lose digits. */
    private static Input small(long... shape) {
        return Input.of(shape).within(-0.8, 0.8);
    }

    private static GradientCase row(
            String name, Attributes attributes, boolean full, boolean lengths, boolean symbolic) {
        String op = name.substring(0, name.indexOf(','));
        long gates = op.equals("RNN") ? 1 : op.equals("GRU") ? 3 : 4;
        long directions = name.contains("bidirectional") ? 2 : 1;
        Input x = small(STEPS, BATCH, INPUT);
        List<Input> inputs = new ArrayList<>(List.of(
                symbolic ? x.declared(lengths ? "[T,3,2]" : "[T,N,2]") : x,
                small(directions, gates * HIDDEN, INPUT),
                small(directions, gates * HIDDEN, HIDDEN)));
        if (full) {
            inputs.add(small(directions, 2 * gates * HIDDEN));
            inputs.add(small(directions, BATCH, HIDDEN));
        }
        boolean cell = op.equals("LSTM");
        if (full && cell) {
            inputs.add(small(directions, BATCH, HIDDEN));
        }
        return GradientCase.many(name, inputs, (g, in) -> {
                    Value[] operands = new Value[cell ? 7 : 6];
                    for (int i = 0; i < in.size(); i++) {
                        operands[i < 4 ? i : i + 1] = in.get(i);
                    }
                    operands[4] = lengths ? g.constant(Tensor.of(new int[] {STEPS, 1, 2}, BATCH)) : null;
                    return g.ops(op, attributes.with("hidden_size", HIDDEN), cell ? 3 : 2, operands);
                })
                .inFloat32()
                .once();
    }
}

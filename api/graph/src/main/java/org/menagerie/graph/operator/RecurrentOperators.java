package org.menagerie.graph.operator;

import static org.menagerie.graph.operator.Operator.operator;

import java.util.List;
import org.menagerie.graph.Dim;
import org.menagerie.graph.TensorType;

/** Recurrent layers over {@code X [T, N, input]} with {@code W [directions, gates*hidden, input]}. */
final class RecurrentOperators {
    private static final String SHARED =
            "activation_alpha:floats activation_beta:floats activations:texts clip:float direction:text "
                    + "hidden_size:int layout:int ";

    private RecurrentOperators() {}

    static List<Operator> all() {
        return List.of(
                operator("RNN", 3, 6, SHARED, call -> outputs(call, 1).subList(0, 2)),
                operator(
                        "GRU",
                        3,
                        6,
                        SHARED + "linear_before_reset:int",
                        call -> outputs(call, 3).subList(0, 2)),
                operator("LSTM", 3, 8, SHARED + "input_forget:int", call -> outputs(call, 4)));
    }

    /** Y [T, directions, N, hidden], Y_h and Y_c [directions, N, hidden]. */
    private static List<TensorType> outputs(Call call, int gates) {
        if (call.attributes().getInt("layout", 0) != 0) {
            throw call.fail("layout=1 (batch first) does not run on ONNX Runtime; transpose the input");
        }
        TensorType x = call.requireRank(0, 3);
        TensorType recurrence = call.requireRank(2, 3);
        Dim directions = recurrence.dim(0);
        Dim hidden = recurrence.dim(2);
        call.requireEqual(hidden.times(gates), recurrence.dim(1), "R must be [directions, gates*hidden, hidden]");
        call.requireEqual(x.dim(2), call.requireRank(1, 3).dim(2), "W's last extent must be the input's");
        boolean both = call.attributes().getText("direction", "forward").equals("bidirectional");
        call.requireEqual(Dim.of(both ? 2 : 1), directions, "directions");
        TensorType last = x.withDims(List.of(directions, x.dim(1), hidden));
        return List.of(x.withDims(List.of(x.dim(0), directions, x.dim(1), hidden)), last, last);
    }
}

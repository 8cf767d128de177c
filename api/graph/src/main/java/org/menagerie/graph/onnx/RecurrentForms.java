package org.menagerie.graph.onnx;

import static org.menagerie.graph.onnx.Upgrade.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Value;

/** Recurrent layers with the batch first ({@code layout=1}), which ONNX Runtime does not run: transposed around. */
final class RecurrentForms {
    static final Map<String, List<Form>> TABLE =
            Upgrade.table(List.of(rows(Form.always(RecurrentForms::batchFirst), "RNN", "GRU", "LSTM")));

    /** The inputs that hold initial states, [N, directions, hidden] with the batch first. */
    private static final int INITIAL_H = 5;

    private static final int INITIAL_C = 6;

    private RecurrentForms() {}

    private static List<Value> batchFirst(Upgrade up, SourceNode node) {
        if (!node.attributes().getFlag("layout")) {
            return up.keep(node.without("layout"));
        }
        List<@Nullable Value> inputs = new ArrayList<>(node.inputs());
        for (int i : new int[] {0, INITIAL_H, INITIAL_C}) {
            Value batchFirst = node.in(i);
            if (batchFirst != null) {
                inputs.set(i, up.g().transpose(batchFirst, 1, 0, 2));
            }
        }
        SourceNode timeFirst = node.without("layout").withInputs(inputs.toArray(Value[]::new));
        List<Value> outputs = new ArrayList<>();
        for (Value output : up.keep(timeFirst)) {
            boolean sequence = output.outputIndex() == 0;
            outputs.add(sequence ? up.g().transpose(output, 2, 0, 1, 3) : up.g().transpose(output, 1, 0, 2));
        }
        return outputs;
    }
}

package org.menagerie.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.layer.Initializer;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.graph.layer.Recurrent;
import org.menagerie.spi.ElementType;

/**
 * Recurrent layers over sequences {@code [T, N, input]}, with PyTorch's parameters: {@code name.weight_ih_l0},
 * {@code weight_hh_l0}, {@code bias_ih_l0}, {@code bias_hh_l0}, for layer 1 {@code _l1}, and with {@code _reverse} for
 * the direction from the last step to the first. Where lengths are given, i32[N], the steps of an example beyond its
 * length are left out in both directions.
 */
public interface RecurrentLayers extends Layers {
    /**
     * What a recurrent layer starts from.
     *
     * @param hidden each layer's and direction's first state, {@code [layers*directions, N, hidden]}; null for zeros
     * @param cell of an LSTM the first cells; null for zeros
     */
    record Start(@Nullable Value hidden, @Nullable Value cell) {
        public static final Start ZEROS = new Start(null, null);
    }

    /**
     * What a recurrent layer gives.
     *
     * @param sequence the last layer's states, {@code [T, N, directions*hidden]}; zeros beyond a sequence's length
     * @param hidden each layer's and direction's last state, {@code [layers*directions, N, hidden]}
     * @param cell of an LSTM the last cells, else null
     */
    record States(Value sequence, Value hidden, @Nullable Value cell) {}

    /** The plain recurrent layer with tanh (Elman 1990). */
    default States rnn(String name, Value x, @Nullable Value lengths, Recurrent settings) {
        return rnn(name, x, lengths, Start.ZEROS, settings);
    }

    default States rnn(String name, Value x, @Nullable Value lengths, Start start, Recurrent settings) {
        return stacked("RNN", name, x, lengths, start, settings, Attributes.NONE, 0);
    }

    /** GRU (Cho 2014) with the reset gate after the product, as in PyTorch, whose gates r, z, n are ONNX's z, r, h. */
    default States gru(String name, Value x, @Nullable Value lengths, Recurrent settings) {
        return gru(name, x, lengths, Start.ZEROS, settings);
    }

    default States gru(String name, Value x, @Nullable Value lengths, Start start, Recurrent settings) {
        return stacked("GRU", name, x, lengths, start, settings, Attributes.of("linear_before_reset", true), 1, 0, 2);
    }

    /** LSTM (Hochreiter 1997). PyTorch's gates i, f, g, o are ONNX's i, o, f, c. */
    default States lstm(String name, Value x, @Nullable Value lengths, Recurrent settings) {
        return lstm(name, x, lengths, Start.ZEROS, settings);
    }

    default States lstm(String name, Value x, @Nullable Value lengths, Start start, Recurrent settings) {
        return stacked("LSTM", name, x, lengths, start, settings, Attributes.NONE, 0, 3, 1, 2);
    }

    /** Layers on each other; {@code gates[i]} is PyTorch's place of ONNX's i-th gate. */
    private States stacked(
            String op,
            String name,
            Value x,
            @Nullable Value lengths,
            Start start,
            Recurrent settings,
            Attributes attributes,
            int... gates) {
        Attributes directed = attributes
                .with("hidden_size", settings.hidden())
                .with("direction", settings.bidirectional() ? "bidirectional" : "forward");
        boolean hasCell = op.equals("LSTM");
        List<Value> hidden = new ArrayList<>();
        List<Value> cells = new ArrayList<>();
        Value sequence = x;
        for (int layer = 0; layer < settings.layers(); layer++) {
            List<Value> ofInput = new ArrayList<>();
            List<Value> ofState = new ArrayList<>();
            List<Value> biases = new ArrayList<>();
            for (String reverse : settings.bidirectional() ? List.of("", "_reverse") : List.of("")) {
                String suffix = "_l" + layer + reverse;
                long rows = (long) gates.length * settings.hidden();
                long width = sequence.dim(2).value();
                Recurrent.Start init = settings.start();
                int count = gates.length;
                ofInput.add(row(name + ".weight_ih" + suffix, gates(count, init.input(), null), gates, rows, width));
                ofState.add(row(
                        name + ".weight_hh" + suffix,
                        gates(count, init.recurrent(), null),
                        gates,
                        rows,
                        settings.hidden()));
                if (settings.bias()) {
                    Double forget = hasCell ? init.forgetBias() : null;
                    Initializer ofInputs = gates(count, init.inputBias(), forget);
                    Initializer ofStates = gates(count, init.recurrentBias(), forget == null ? null : 0.0);
                    biases.add(concat(
                            1,
                            row(name + ".bias_ih" + suffix, ofInputs, gates, rows),
                            row(name + ".bias_hh" + suffix, ofStates, gates, rows)));
                }
            }
            @Nullable Value bias = settings.bias() ? together(biases) : null;
            List<Value> outputs = ops(
                    op,
                    directed,
                    hasCell ? 3 : 2,
                    layer == 0 ? sequence : dropout(sequence, settings.dropout()),
                    together(ofInput),
                    together(ofState),
                    bias,
                    lengths,
                    first(start.hidden(), layer, settings),
                    hasCell ? first(start.cell(), layer, settings) : null);
            sequence = settings.bidirectional()
                    ? reshape(transpose(outputs.get(0), 0, 2, 1, 3), 0, 0, 2L * settings.hidden())
                    : squeeze(outputs.get(0), 1);
            hidden.add(outputs.get(1));
            if (hasCell) {
                cells.add(outputs.get(2));
            }
        }
        return new States(sequence, together(hidden), hasCell ? together(cells) : null);
    }

    /** A layer's part of the states that all start from. */
    private @Nullable Value first(@Nullable Value all, int layer, Recurrent settings) {
        int directions = settings.directions();
        return all == null || settings.layers() == 1
                ? all
                : slice(all, 0, (long) layer * directions, (layer + 1L) * directions);
    }

    private Value together(List<Value> parts) {
        return parts.size() == 1 ? parts.get(0) : concat(0, parts);
    }

    /** An initializer for each gate, by PyTorch's order; an LSTM's forget gate is the second. */
    private static Initializer gates(int count, Initializer each, @Nullable Double forget) {
        List<Initializer> all = new ArrayList<>(Collections.nCopies(count, each));
        if (forget != null) {
            all.set(1, Initializers.constant(forget));
        }
        return Initializers.stacked(all);
    }

    /** A parameter with its gates in ONNX's order, and an axis of directions before it. */
    private Value row(String name, Initializer initializer, int[] gates, long... shape) {
        Value weight = parameter(name, TensorType.of(ElementType.FLOAT32, shape), initializer);
        if (gates.length == 1) {
            return unsqueeze(weight, 0);
        }
        long[] sizes = new long[gates.length];
        Arrays.fill(sizes, shape[0] / gates.length);
        List<Value> parts = split(weight, 0, sizes);
        return unsqueeze(concat(0, Arrays.stream(gates).mapToObj(parts::get).toList()), 0);
    }
}

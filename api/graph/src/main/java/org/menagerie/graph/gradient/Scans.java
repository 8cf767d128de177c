package org.menagerie.graph.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;

/** Steps along the first axis with a state, as one {@code Scan}: as fast as unrolled steps, for any number of them. */
final class Scans {
    private Scans() {}

    /** One step. */
    @FunctionalInterface
    interface Step {
        /**
         * Adds a step's nodes.
         *
         * @param states as the step before left them
         * @param slices of the sequences at this step
         * @return the new states, then what the step gives
         */
        List<Value> add(GraphBuilder b, List<Value> states, List<Value> slices);
    }

    /**
     * Runs steps over sequences.
     *
     * @param backwards from the last slice to the first; what the steps give is in the order of the sequences
     * @param given how many values a step gives beside its states
     * @return the last states, then the stacked values
     */
    static List<Value> run(
            GraphBuilder g,
            String name,
            boolean backwards,
            List<Value> states,
            List<Value> sequences,
            int given,
            Step step) {
        GraphBuilder body = g.body(name);
        List<Value> bodyStates = new ArrayList<>();
        for (Value state : states) {
            bodyStates.add(body.input(body.name() + "_state_" + bodyStates.size(), state.type()));
        }
        List<Value> slices = new ArrayList<>();
        for (Value sequence : sequences) {
            TensorType type = sequence.type();
            slices.add(body.input(
                    body.name() + "_slice_" + slices.size(),
                    type.withDims(type.dims().subList(1, type.rank()))));
        }
        List<Value> results = step.add(body, bodyStates, slices);
        for (int i = 0; i < results.size(); i++) {
            body.output(body.name() + "_out_" + i, results.get(i));
        }
        Attributes attributes = Attributes.of("body", body.build())
                .with("num_scan_inputs", sequences.size())
                .with("scan_input_directions", directions(sequences.size(), backwards));
        if (given > 0) {
            attributes = attributes.with("scan_output_directions", directions(given, backwards));
        }
        List<Value> inputs = new ArrayList<>(states);
        inputs.addAll(sequences);
        return g.ops("Scan", attributes, states.size() + given, inputs.toArray(Value[]::new));
    }

    private static long[] directions(int count, boolean backwards) {
        long[] directions = new long[count];
        Arrays.fill(directions, backwards ? 1 : 0);
        return directions;
    }
}

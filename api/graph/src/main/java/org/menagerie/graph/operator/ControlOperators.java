package org.menagerie.graph.operator;

import static org.menagerie.graph.operator.Operator.VARIADIC;
import static org.menagerie.graph.operator.Operator.operator;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.Dim;
import org.menagerie.graph.Graph;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;

/** Operators that run a body: its outputs' types come from the body's. */
final class ControlOperators {
    private ControlOperators() {}

    static List<Operator> all() {
        return List.of(
                operator("If", 1, 1, "then_branch:body else_branch:body", ControlOperators::branch),
                operator("Loop", 2, VARIADIC, "body:body", ControlOperators::loop),
                operator(
                        "Scan",
                        1,
                        VARIADIC,
                        "body:body num_scan_inputs:int scan_input_axes:ints scan_input_directions:ints "
                                + "scan_output_axes:ints scan_output_directions:ints",
                        ControlOperators::scan));
    }

    private static List<TensorType> outputsOf(Call call, String attribute) {
        Graph body =
                call.attributes().getBody(attribute).orElseThrow(() -> call.fail("needs a '%s' attribute", attribute));
        return body.outputs().values().stream().map(Value::type).toList();
    }

    private static List<TensorType> branch(Call call) {
        List<TensorType> then = outputsOf(call, "then_branch");
        List<TensorType> otherwise = outputsOf(call, "else_branch");
        List<TensorType> result = new ArrayList<>();
        for (int i = 0; i < then.size(); i++) {
            TensorType a = then.get(i);
            TensorType b = otherwise.get(i);
            if (a.rank() != b.rank() || a.element() != b.element()) {
                throw call.fail("branches give %s and %s for output %d", a, b, i);
            }
            List<Dim> dims = new ArrayList<>();
            for (int axis = 0; axis < a.rank(); axis++) {
                dims.add(a.dim(axis).equals(b.dim(axis)) ? a.dim(axis) : call.unknownDim());
            }
            result.add(a.withDims(dims));
        }
        return result;
    }

    /** Body outputs: condition, carried values, then one slice of each scan output. */
    private static List<TensorType> loop(Call call) {
        List<TensorType> body = outputsOf(call, "body");
        int carried = call.inputs().size() - 2;
        Dim trips = call.contents(0).map(c -> c.get(0)).orElseGet(call::unknownDim);
        return stacked(body.subList(1, body.size()), carried, trips);
    }

    /** Body outputs: state, then one slice of each scan output. */
    private static List<TensorType> scan(Call call) {
        int scanned = (int) call.attributes().getInt("num_scan_inputs", 1);
        int state = call.inputs().size() - scanned;
        long[] axes = call.attributes().getInts("scan_input_axes", new long[scanned]);
        Dim length = call.type(state).dim((int) axes[0]);
        return stacked(outputsOf(call, "body"), state, length);
    }

    private static List<TensorType> stacked(List<TensorType> body, int carried, Dim length) {
        List<TensorType> result = new ArrayList<>(body.subList(0, carried));
        for (TensorType slice : body.subList(carried, body.size())) {
            List<Dim> dims = new ArrayList<>(slice.dims());
            dims.add(0, length);
            result.add(slice.withDims(dims));
        }
        return result;
    }
}

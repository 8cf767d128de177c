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
                operator("Loop", 0, VARIADIC, "body:body", ControlOperators::loop),
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
        if (!body.outputs().values().stream().allMatch(Value::isTyped)) {
            throw call.undetermined("has a body whose outputs' types depend on data");
        }
        return body.outputs().values().stream().map(Value::type).toList();
    }

    private static List<TensorType> branch(Call call) {
        List<TensorType> then = outputsOf(call, "then_branch");
        List<TensorType> otherwise = outputsOf(call, "else_branch");
        if (then.size() != otherwise.size()) {
            throw call.fail("branches give %d and %d outputs", then.size(), otherwise.size());
        }
        List<TensorType> result = new ArrayList<>();
        for (int i = 0; i < then.size(); i++) {
            TensorType a = then.get(i);
            TensorType b = otherwise.get(i);
            if (a.element() != b.element()) {
                throw call.fail("branches give %s and %s for output %d", a, b, i);
            }
            if (a.rank() != b.rank()) {
                throw call.undetermined("branches give %s and %s for output %d", a, b, i);
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
        if (carried < 0 || body.size() < carried + 1) {
            throw call.fail("has a body of %d outputs; it carries %d values and a condition", body.size(), carried);
        }
        boolean mayStopEarly = call.has(1);
        Dim trips = mayStopEarly
                ? call.unknownDim()
                : call.contents(0).map(c -> c.get(0)).orElseGet(call::unknownDim);
        return stacked(body.subList(1, body.size()), carried, trips);
    }

    /** Body outputs: state, then one slice of each scan output. */
    private static List<TensorType> scan(Call call) {
        int scanned = (int) call.attributes().getInt("num_scan_inputs", 1);
        int state = call.inputs().size() - scanned;
        if (scanned < 1 || state < 0) {
            throw call.fail(
                    "num_scan_inputs is %d of %d inputs", scanned, call.inputs().size());
        }
        long[] axes = call.attributes().getInts("scan_input_axes", new long[scanned]);
        TensorType first = call.type(state);
        Dim length = first.dim(call.normalize(axes[0], first.rank()));
        List<TensorType> body = outputsOf(call, "body");
        long[] places = call.attributes().getInts("scan_output_axes", new long[body.size() - state]);
        List<TensorType> result = new ArrayList<>(body.subList(0, state));
        for (int i = state; i < body.size(); i++) {
            List<Dim> dims = new ArrayList<>(body.get(i).dims());
            dims.add(call.normalize(places[i - state], dims.size() + 1), length);
            result.add(body.get(i).withDims(dims));
        }
        return result;
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

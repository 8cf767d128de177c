package org.menagerie.graph.gradient;

import static org.menagerie.spi.ElementType.INT64;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Dim;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;

/**
 * One direction of a recurrent node: its tensors without the axis of directions. A step beyond a sequence's length
 * leaves the state as it is and gives zeros, in either direction, so such steps are masked and not moved.
 */
final class Pass {
    private final GraphBuilder g;
    private final Node n;
    private final List<@Nullable Value> dys;
    private final int direction;
    private final boolean reverse;
    private final @Nullable Value mask;

    Pass(GraphBuilder g, Node n, List<@Nullable Value> dys, int direction, boolean reverse) {
        this.g = g;
        this.n = n;
        this.dys = dys;
        this.direction = direction;
        this.reverse = reverse;
        this.mask = n.has(4) ? mask() : null;
    }

    GraphBuilder graph() {
        return g;
    }

    /** True if the layer runs from the last step to the first. */
    boolean reverse() {
        return reverse;
    }

    private Value of(Value value, int axis) {
        Value part = value.dim(axis).is(1) ? value : g.slice(value, axis, direction, direction + 1);
        return g.squeeze(part, axis);
    }

    /** {@code [T, N, input]}; the weight tells the width where inference does not. */
    Value x() {
        Value x = n.in(0);
        Dim width = n.in(1).dim(2);
        return x.dim(2).isFixed() || !width.isFixed() ? x : g.reshape(x, 0, 0, width.value());
    }

    long hidden() {
        return n.in(2).dim(2).value();
    }

    /** {@code [gates*hidden, input]}. */
    Value w() {
        return of(n.in(1), 0);
    }

    /** {@code [gates*hidden, hidden]}. */
    Value r() {
        return of(n.in(2), 0);
    }

    /** One half of the bias, {@code [gates*hidden]}: that of W or that of R; null where there is none. */
    @Nullable
    Value bias(boolean ofR) {
        if (!n.has(3)) {
            return null;
        }
        long size = n.in(2).dim(1).value();
        return g.slice(of(n.in(3), 0), 0, ofR ? size : 0, ofR ? 2 * size : size);
    }

    /** An initial state {@code [N, hidden]}: input 5 or 6; zeros where it is left out. */
    Value initial(int input) {
        return n.has(input) ? of(n.in(input), 0) : zeros();
    }

    private Value zeros() {
        Value shape = g.concat(0, g.reshape(g.extent(x(), 1), 1), g.longs(hidden()));
        return g.expand(g.scalar(x().element(), 0), shape);
    }

    /** The hidden states {@code [T, N, hidden]}. */
    Value y() {
        return of(n.out(0), 1);
    }

    /** The gradient of every step's output, {@code [T, N, hidden]}. */
    Value dy() {
        Value dy = dys.get(0);
        if (dy == null) {
            return g.fullLike(y(), 0);
        }
        return masked(of(dy, 1));
    }

    /** The gradient of a last state {@code [N, hidden]}: output 1 or 2. */
    Value dLast(int output) {
        Value dy = output < dys.size() ? dys.get(output) : null;
        return dy == null ? zeros() : of(dy, 0);
    }

    /** The state {@code [T, N, hidden]} before each step. */
    Value before(Value y, Value first) {
        Value row = g.unsqueeze(first, 0);
        if (!reverse) {
            return g.concat(0, row, g.slice(y, 0, 0, -1));
        }
        Value moved = g.concat(0, g.slice(y, 0, 1, Integer.MAX_VALUE), row);
        if (mask == null || !n.has(5)) {
            return moved;
        }
        Value ended = g.sub(1, g.slice(mask, 0, 1, Integer.MAX_VALUE));
        Value zero = g.mul(g.slice(mask, 0, 0, 1), 0);
        return g.add(moved, g.mul(g.concat(0, ended, zero), row));
    }

    /** 1 within each sequence, else 0: {@code [T, N, 1]}. */
    private Value mask() {
        Value steps = g.op("Range", g.scalar(INT64, 0), g.extent(x(), 0), g.scalar(INT64, 1));
        Value lengths = g.reshape(g.cast(n.in(4), INT64), 1, -1, 1);
        return g.cast(g.less(g.reshape(steps, -1, 1, 1), lengths), x().element());
    }

    boolean isMasked() {
        return mask != null;
    }

    /** Zeros in place of the elements beyond each sequence. */
    Value masked(Value sequence) {
        return mask == null ? sequence : g.mul(sequence, mask);
    }

    /** Ones in place of the elements beyond each sequence. */
    Value orOne(Value sequence) {
        return mask == null ? sequence : g.add(g.mul(sequence, mask), g.sub(1, mask));
    }

    /** 1 beyond each sequence, else 0: {@code [T, N, 1]}; only where there are lengths. */
    Value ended() {
        if (mask == null) {
            throw new IllegalStateException(n + " has no lengths");
        }
        return g.sub(1, mask);
    }

    /** A sequence {@code [T, N, k]} as the rows {@code [T*N, k]}. */
    Value rows(Value sequence) {
        return g.reshape(sequence, -1, sequence.dim(2).value());
    }

    /** Rows {@code [T*N, k]} as a sequence {@code [T, N, k]}. */
    Value sequence(Value rows) {
        Value steps = g.reshape(g.extent(x(), 0), 1);
        Value batch = g.reshape(g.extent(x(), 1), 1);
        return g.reshape(rows, g.concat(0, steps, batch, g.longs(rows.dim(1).value())));
    }

    /** Rows {@code [T*N, k*hidden]} cut into k pieces. */
    List<Value> gates(Value rows, int count) {
        long[] sizes = new long[count];
        java.util.Arrays.fill(sizes, hidden());
        return g.split(rows, 1, sizes);
    }
}

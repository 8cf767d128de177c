package org.menagerie.graph.gradient;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/**
 * LSTM (Hochreiter 1997, with the forget gate of Gers 2000). With the gates i, o, f, g, the cell c = f·c₋ + i·g and the
 * state h = o·tanh c, what does not depend on later steps is computed for all steps at once:
 *
 * <p>A = o·(1 − tanh²c) and P = [g·i(1−i) | tanh c·o(1−o) | c₋·f(1−f) | i·(1−g²)]. A step back through time is then dh +=
 * dY; dc += dh·A; dpre = [dc | dh | dc | dc]·P; dc := dc·f; dh := dpre·R. Beyond a sequence's end P and A are 0, f is 1
 * and dh stays.
 */
final class LstmGradient {
    private LstmGradient() {}

    static RecurrentRules.Parts of(Pass pass) {
        GraphBuilder g = pass.graph();
        Value w = pass.w();
        Value r = pass.r();
        Value x = pass.rows(pass.x());
        Value h = pass.rows(pass.before(pass.y(), pass.initial(5)));
        @Nullable Value biasW = pass.bias(false);
        @Nullable Value biasR = pass.bias(true);
        Value fromX = g.gemm(x, false, w, true, biasW == null || biasR == null ? null : g.add(biasW, biasR));
        List<Value> gates = pass.gates(g.gemm(h, false, r, true, fromX), 4);
        Value i = g.sigmoid(gates.get(0));
        Value o = g.sigmoid(gates.get(1));
        Value f = g.sigmoid(gates.get(2));
        Value candidate = g.tanh(gates.get(3));

        Value keep = pass.orOne(pass.sequence(f));
        List<Value> cells = cells(pass, keep, pass.masked(pass.sequence(g.mul(i, candidate))));
        Value before = pass.rows(cells.get(1));
        Value tanh = g.tanh(pass.rows(cells.get(2)));
        Value a = pass.masked(pass.sequence(g.mul(o, g.sub(1, g.square(tanh)))));
        Value slopes = g.concat(
                1,
                g.mul(candidate, g.mul(i, g.sub(1, i))),
                g.mul(tanh, g.mul(o, g.sub(1, o))),
                g.mul(before, g.mul(f, g.sub(1, f))),
                g.mul(i, g.sub(1, g.square(candidate))));

        List<Value> back = back(pass, r, a, pass.masked(pass.sequence(slopes)), keep);
        Value rows = pass.rows(back.get(2));
        Value bias = g.sum(rows, 0);
        return new RecurrentRules.Parts(
                pass.sequence(g.gemm(rows, false, w, false, null)),
                g.gemm(rows, true, x, false, null),
                g.gemm(rows, true, h, false, null),
                g.concat(0, bias, bias),
                back.get(0),
                back.get(1));
    }

    /** c := c·f + i·g; gives the last cell, and those before and after each step. */
    private static List<Value> cells(Pass pass, Value keep, Value add) {
        return Scans.run(
                pass.graph(),
                "lstm_cells",
                pass.reverse(),
                List.of(pass.initial(6)),
                List.of(keep, add),
                2,
                (b, states, slices) -> {
                    Value next = b.add(b.mul(states.get(0), slices.get(0)), slices.get(1));
                    return List.of(next, b.identity(states.get(0)), b.identity(next));
                });
    }

    /** Gives dh and dc of the initial states, and dpre. */
    private static List<Value> back(Pass pass, Value r, Value a, Value slopes, Value keep) {
        List<Value> sequences = new ArrayList<>(List.of(pass.dy(), a, slopes, keep));
        if (pass.isMasked()) {
            sequences.add(pass.ended());
        }
        return Scans.run(
                pass.graph(),
                "lstm_gradient",
                !pass.reverse(),
                List.of(pass.dLast(1), pass.dLast(2)),
                sequences,
                1,
                (b, states, slices) -> {
                    Value dh = b.add(states.get(0), slices.get(0));
                    Value dc = b.add(states.get(1), b.mul(dh, slices.get(1)));
                    Value dpre = b.mul(b.concat(1, dc, dh, dc, dc), slices.get(2));
                    @Nullable Value stays = pass.isMasked() ? b.mul(dh, slices.get(4)) : null;
                    return List.of(b.gemm(dpre, false, r, false, stays), b.mul(dc, slices.get(3)), b.identity(dpre));
                });
    }
}

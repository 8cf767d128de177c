package org.menagerie.graph.gradient;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/**
 * The plain recurrent layer h = a(Wx + Rh₋ + b) (Elman 1990). With P the slope of a, 1 − h² for tanh, a step back is dh
 * += dY; dpre = dh·P; dh := dpre·R. Beyond a sequence's end P is 0 and dh stays.
 */
final class RnnGradient {
    private RnnGradient() {}

    static RecurrentRules.Parts of(Pass pass, boolean relu) {
        GraphBuilder g = pass.graph();
        Value r = pass.r();
        Value y = pass.y();
        Value slope = relu ? ActivationRules.step(g, y) : g.sub(1, g.square(y));
        List<Value> sequences = new ArrayList<>(List.of(pass.dy(), pass.masked(slope)));
        if (pass.isMasked()) {
            sequences.add(pass.ended());
        }
        List<Value> back = Scans.run(
                g, "rnn_gradient", !pass.reverse(), List.of(pass.dLast(1)), sequences, 1, (b, states, slices) -> {
                    Value dh = b.add(states.get(0), slices.get(0));
                    Value dpre = b.mul(dh, slices.get(1));
                    @Nullable Value stays = pass.isMasked() ? b.mul(dh, slices.get(2)) : null;
                    return List.of(b.gemm(dpre, false, r, false, stays), b.identity(dpre));
                });
        Value x = pass.rows(pass.x());
        Value h = pass.rows(pass.before(y, pass.initial(5)));
        Value rows = pass.rows(back.get(1));
        Value bias = g.sum(rows, 0);
        return new RecurrentRules.Parts(
                pass.sequence(g.gemm(rows, false, pass.w(), false, null)),
                g.gemm(rows, true, x, false, null),
                g.gemm(rows, true, h, false, null),
                g.concat(0, bias, bias),
                back.get(0),
                null);
    }
}

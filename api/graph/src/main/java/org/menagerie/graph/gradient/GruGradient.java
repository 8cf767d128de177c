package org.menagerie.graph.gradient;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/**
 * GRU (Cho 2014): gates z and r, candidate n, state h = (1−z)·n + z·h₋. Every pre-activation's gradient is dh times
 * something that is known for all steps at once: Pz = (h₋−n)·z(1−z), Pn = (1−z)(1−n²). Beyond a sequence's end these are
 * 0 and z is 1, so dh stays.
 */
final class GruGradient {
    private GruGradient() {}

    /**
     * With the reset gate after the product, n = tanh(Wx + r·q), q = Rh₋ + b (PyTorch's form): Pq = Pn·r, Pr =
     * Pn·q·r(1−r); a step back is dh += dY; drec = [dh | dh | dh]·[Pz | Pr | Pq]; dh := drec·R + dh·z.
     */
    static RecurrentRules.Parts resetAfter(Pass pass) {
        GraphBuilder g = pass.graph();
        Value r = pass.r();
        Value x = pass.rows(pass.x());
        Value h = pass.rows(pass.before(pass.y(), pass.initial(5)));
        List<Value> fromX = pass.gates(g.gemm(x, false, pass.w(), true, pass.bias(false)), 3);
        List<Value> fromH = pass.gates(g.gemm(h, false, r, true, pass.bias(true)), 3);
        Value z = g.sigmoid(g.add(fromX.get(0), fromH.get(0)));
        Value reset = g.sigmoid(g.add(fromX.get(1), fromH.get(1)));
        Value q = fromH.get(2);
        Value n = g.tanh(g.add(fromX.get(2), g.mul(reset, q)));

        Value slopeN = slopeN(g, z, n);
        Value slopeQ = g.mul(slopeN, reset);
        Value slopeR = g.mul(g.mul(slopeQ, q), g.sub(1, reset));
        Value slopes = pass.masked(pass.sequence(g.concat(1, slopeZ(g, z, h, n), slopeR, slopeQ)));
        List<Value> back = Scans.run(
                g,
                "gru_gradient",
                !pass.reverse(),
                List.of(pass.dLast(1)),
                List.of(pass.dy(), slopes, pass.orOne(pass.sequence(z))),
                2,
                (b, states, slices) -> {
                    Value dh = b.add(states.get(0), slices.get(0));
                    Value drec = b.mul(b.concat(1, dh, dh, dh), slices.get(1));
                    Value earlier = b.gemm(drec, false, r, false, b.mul(dh, slices.get(2)));
                    return List.of(earlier, b.identity(drec), b.identity(dh));
                });
        Value drec = pass.rows(back.get(1));
        Value dn = pass.rows(g.mul(back.get(2), pass.masked(pass.sequence(slopeN))));
        Value dpre = g.concat(1, g.slice(drec, 1, 0, 2 * pass.hidden()), dn);
        return new RecurrentRules.Parts(
                pass.sequence(g.gemm(dpre, false, pass.w(), false, null)),
                g.gemm(dpre, true, x, false, null),
                g.gemm(drec, true, h, false, null),
                g.concat(0, g.sum(dpre, 0), g.sum(drec, 0)),
                back.get(0),
                null);
    }

    /**
     * With the reset gate before the product, n = tanh(Wx + R(r·h₋) + b): dn = dh·Pn; ds = dn·Rₙ; dzr = [dh·Pz |
     * ds·h₋·r(1−r)]; dh := dzr·R + dh·z + ds·r.
     */
    static RecurrentRules.Parts resetBefore(Pass pass) {
        GraphBuilder g = pass.graph();
        long hidden = pass.hidden();
        Value gatesR = g.slice(pass.r(), 0, 0, 2 * hidden);
        Value candidateR = g.slice(pass.r(), 0, 2 * hidden, 3 * hidden);
        @Nullable Value biasR = pass.bias(true);
        @Nullable Value gatesBias = biasR == null ? null : g.slice(biasR, 0, 0, 2 * hidden);
        @Nullable Value candidateBias = biasR == null ? null : g.slice(biasR, 0, 2 * hidden, 3 * hidden);
        Value x = pass.rows(pass.x());
        Value h = pass.rows(pass.before(pass.y(), pass.initial(5)));
        List<Value> fromX = pass.gates(g.gemm(x, false, pass.w(), true, pass.bias(false)), 3);
        List<Value> fromH = pass.gates(g.gemm(h, false, gatesR, true, gatesBias), 2);
        Value z = g.sigmoid(g.add(fromX.get(0), fromH.get(0)));
        Value reset = g.sigmoid(g.add(fromX.get(1), fromH.get(1)));
        Value kept = g.mul(reset, h);
        Value n = g.tanh(g.add(fromX.get(2), g.gemm(kept, false, candidateR, true, candidateBias)));

        List<Value> back = Scans.run(
                g,
                "gru_gradient",
                !pass.reverse(),
                List.of(pass.dLast(1)),
                List.of(
                        pass.dy(),
                        pass.masked(pass.sequence(slopeZ(g, z, h, n))),
                        pass.masked(pass.sequence(slopeN(g, z, n))),
                        pass.sequence(g.mul(kept, g.sub(1, reset))),
                        pass.sequence(reset),
                        pass.orOne(pass.sequence(z))),
                2,
                (b, states, slices) -> {
                    Value dh = b.add(states.get(0), slices.get(0));
                    Value dn = b.mul(dh, slices.get(2));
                    Value ds = b.gemm(dn, false, candidateR, false, null);
                    Value dzr = b.concat(1, b.mul(dh, slices.get(1)), b.mul(ds, slices.get(3)));
                    Value stays = b.add(b.mul(dh, slices.get(5)), b.mul(ds, slices.get(4)));
                    return List.of(b.gemm(dzr, false, gatesR, false, stays), b.identity(dzr), b.identity(dn));
                });
        Value dzr = pass.rows(back.get(1));
        Value dn = pass.rows(back.get(2));
        Value dpre = g.concat(1, dzr, dn);
        Value bias = g.sum(dpre, 0);
        return new RecurrentRules.Parts(
                pass.sequence(g.gemm(dpre, false, pass.w(), false, null)),
                g.gemm(dpre, true, x, false, null),
                g.concat(0, g.gemm(dzr, true, h, false, null), g.gemm(dn, true, kept, false, null)),
                g.concat(0, bias, bias),
                back.get(0),
                null);
    }

    private static Value slopeZ(GraphBuilder g, Value z, Value h, Value n) {
        return g.mul(g.sub(h, n), g.mul(z, g.sub(1, z)));
    }

    private static Value slopeN(GraphBuilder g, Value z, Value n) {
        return g.mul(g.sub(1, z), g.sub(1, g.square(n)));
    }
}

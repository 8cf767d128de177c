package org.menagerie.graph.gradient;

import static java.util.Map.entry;
import static org.menagerie.graph.gradient.Rule.grads;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;

/** Matrix products. */
final class LinearRules {
    static final Map<String, Rule> RULES = Map.ofEntries(
            entry("MatMul", Rule.of((g, n, dy) -> matMul(g, n, dy, false, false, 1))),
            entry("com.microsoft.FusedMatMul", Rule.of((g, n, dy) -> {
                if (n.attributes().getFlag("transBatchA") || n.attributes().getFlag("transBatchB")) {
                    throw new GraphException(n + ": no gradient with transBatchA or transBatchB");
                }
                return matMul(
                        g,
                        n,
                        dy,
                        n.attributes().getFlag("transA"),
                        n.attributes().getFlag("transB"),
                        n.attributes().getFloat("alpha", 1));
            })),
            entry("Gemm", Rule.of(LinearRules::gemm)),
            entry("Einsum", Rule.of(EinsumRule::apply)));

    private LinearRules() {}

    /** C = A'B': dA' = dC B'ᵀ and dB' = A'ᵀ dC, each transposed back where its factor was transposed. */
    private static List<@Nullable Value> matMul(
            GraphBuilder g, Node n, Value dy, boolean transA, boolean transB, double alpha) {
        Value a = n.in(0);
        Value b = n.in(1);
        if (a.rank() == 1 || b.rank() == 1) {
            return vector(g, a, b, dy);
        }
        Value dc = alpha == 1 ? dy : g.mul(dy, alpha);
        Value da = transA ? g.matMul(b, transB, dc, true) : g.matMul(dc, false, b, !transB);
        if (a.rank() > 2 && b.rank() == 2 && !transA) {
            return grads(da, sharedWeight(g, a, dc, transB));
        }
        Value db = transB ? g.matMul(dc, true, a, transA) : g.matMul(a, !transA, dc, false);
        return grads(da, db);
    }

    /** One matrix for a whole batch of A: all rows of the batch together make one product. */
    private static Value sharedWeight(GraphBuilder g, Value a, Value dc, boolean transB) {
        Value rows = g.op("Flatten", Attributes.of("axis", a.rank() - 1), a);
        Value gradients = g.op("Flatten", Attributes.of("axis", dc.rank() - 1), dc);
        return transB ? g.gemm(gradients, true, rows, false, null) : g.gemm(rows, true, gradients, false, null);
    }

    /** Vectors take part as a row on the left and a column on the right; those axes are put back first. */
    private static List<@Nullable Value> vector(GraphBuilder g, Value a, Value b, Value dy) {
        Value dc = dy;
        if (b.rank() == 1) {
            dc = g.unsqueeze(dc, -1);
        }
        if (a.rank() == 1) {
            dc = g.unsqueeze(dc, -2);
        }
        Value row = a.rank() == 1 ? g.unsqueeze(a, 0) : a;
        Value column = b.rank() == 1 ? g.unsqueeze(b, 1) : b;
        Value da = g.matMul(dc, false, column, true);
        Value db = g.matMul(row, true, dc, false);
        return grads(
                a.rank() == 1 ? g.squeeze(Unbroadcast.to(g, da, row), 0) : da,
                b.rank() == 1 ? g.squeeze(Unbroadcast.to(g, db, column), 1) : db);
    }

    /** Y = α A'B' + β C. */
    private static List<@Nullable Value> gemm(GraphBuilder g, Node n, Value dy) {
        double alpha = n.attributes().getFloat("alpha", 1);
        double beta = n.attributes().getFloat("beta", 1);
        boolean transA = n.attributes().getFlag("transA");
        boolean transB = n.attributes().getFlag("transB");
        Value a = n.in(0);
        Value b = n.in(1);
        Value dc = alpha == 1 ? dy : g.mul(dy, alpha);
        Value da = transA ? g.gemm(b, transB, dc, true, null) : g.gemm(dc, false, b, !transB, null);
        Value db = transB ? g.gemm(dc, true, a, transA, null) : g.gemm(a, !transA, dc, false, null);
        return grads(da, db, beta == 1 ? dy : g.mul(dy, beta));
    }
}

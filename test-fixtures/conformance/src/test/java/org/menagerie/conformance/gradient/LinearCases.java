package org.menagerie.conformance.gradient;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;

/** Matrix products and Einstein summations. */
final class LinearCases {
    private LinearCases() {}

    static List<GradientCase> all() {
        List<GradientCase> cases = new ArrayList<>(List.of(
                GradientCase.of("MatMul", Input.of(2, 3), Input.of(3, 4), GraphBuilder::matMul),
                GradientCase.of("MatMul, batched", Input.of(2, 2, 3), Input.of(2, 3, 4), GraphBuilder::matMul),
                GradientCase.of("MatMul, shared right", Input.of(2, 2, 3), Input.of(3, 4), GraphBuilder::matMul),
                GradientCase.of("MatMul, shared left", Input.of(2, 3), Input.of(2, 3, 4), GraphBuilder::matMul),
                GradientCase.of(
                        "MatMul, broadcast on both sides",
                        Input.of(2, 1, 2, 3),
                        Input.of(3, 3, 2),
                        GraphBuilder::matMul),
                GradientCase.of(
                        "MatMul, symbolic",
                        Input.of(2, 3, 2).declared("[N,L,2]"),
                        Input.of(2, 4),
                        GraphBuilder::matMul),
                GradientCase.of("MatMul, row and matrix", Input.of(3), Input.of(3, 4), GraphBuilder::matMul),
                GradientCase.of("MatMul, matrix and column", Input.of(2, 3), Input.of(3), GraphBuilder::matMul),
                GradientCase.of("MatMul, row and column", Input.of(3), Input.of(3), GraphBuilder::matMul),
                GradientCase.of("MatMul, row and batch", Input.of(3), Input.of(2, 3, 4), GraphBuilder::matMul),
                GradientCase.of("MatMul, batch and column", Input.of(2, 4, 3), Input.of(3), GraphBuilder::matMul)));
        for (boolean transA : new boolean[] {false, true}) {
            for (boolean transB : new boolean[] {false, true}) {
                String name = (transA ? ", A'" : "") + (transB ? ", B'" : "");
                Input a = transA ? Input.of(3, 2) : Input.of(2, 3);
                Input b = transB ? Input.of(4, 3) : Input.of(3, 4);
                Input batchA = transA ? Input.of(2, 3, 2) : Input.of(2, 2, 3);
                Attributes attributes = Attributes.of("transA", transA).with("transB", transB);
                cases.add(GradientCase.many(
                        "Gemm, alpha, beta" + name,
                        List.of(a, b, Input.of(4)),
                        (g, x) -> List.of(g.op(
                                "Gemm",
                                attributes.with("alpha", 0.5).with("beta", 2.0),
                                x.get(0),
                                x.get(1),
                                x.get(2)))));
                cases.add(GradientCase.of("Gemm" + name, a, b, (g, l, r) -> g.gemm(l, transA, r, transB, null)));
                cases.add(GradientCase.of(
                                "com.microsoft.FusedMatMul" + name,
                                batchA,
                                b,
                                (g, l, r) -> g.microsoft("FusedMatMul", attributes.with("alpha", 1.5), l, r))
                        .inFloat32());
            }
        }
        cases.add(GradientCase.many(
                "Gemm, C of one element a row",
                List.of(Input.of(2, 3), Input.of(3, 4), Input.of(2, 1)),
                (g, x) -> List.of(g.gemm(x.get(0), false, x.get(1), false, x.get(2)))));
        cases.addAll(einsum());
        return cases;
    }

    private static List<GradientCase> einsum() {
        return List.of(
                einsum("bij,bjk->bik", Input.of(2, 2, 3), Input.of(2, 3, 2)),
                einsum("ij,jk", Input.of(2, 3), Input.of(3, 2)),
                einsum("ij->ji", Input.of(2, 3)),
                einsum("ij->i", Input.of(2, 3)),
                einsum("ij->", Input.of(2, 3)),
                einsum("i,j->ij", Input.of(2), Input.of(3)),
                einsum("ij,kj->", Input.of(2, 3), Input.of(4, 3)),
                einsum("i,ij,j->", Input.of(2), Input.of(2, 3), Input.of(3)),
                einsum("ii->i", Input.of(3, 3)),
                einsum("bii,bj->bj", Input.of(2, 3, 3), Input.of(2, 3)),
                einsum("...ij,...jk->...ik", Input.of(2, 2, 3), Input.of(1, 3, 2)),
                einsum("b...,b...->b...", Input.of(2, 1, 3), Input.of(2, 4, 3)),
                einsum(
                        "bhqd,bhkd->bhqk",
                        Input.of(1, 2, 2, 3).declared("[N,2,Q,3]"),
                        Input.of(1, 2, 3, 3).declared("[N,2,K,3]")));
    }

    private static GradientCase einsum(String equation, Input... inputs) {
        return GradientCase.many(
                "Einsum " + equation,
                List.of(inputs),
                (g, x) -> List.of(g.einsum(equation, x.toArray(org.menagerie.graph.Value[]::new))));
    }
}

package org.menagerie.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Nodes without effect that a graph must not contain, because ONNX Runtime 1.29 mistakes them. It takes any {@code
 * Transpose} beside a {@code Gemm} for a real transposition of the matrix and fuses the two, whatever its permutation:
 * with as many rows as columns the numbers are wrong, else the run fails. An {@code If} of a constant condition, which it
 * inlines, makes it refuse the model where the branch holds another {@code If} with two outputs.
 */
final class NoOps {
    private NoOps() {}

    /** The outputs of a node, where it needs none: what it passes on, or the branch that is always taken. */
    static Optional<List<Value>> instead(
            GraphBuilder g, String domain, String op, Attributes attributes, List<@Nullable Value> operands) {
        Value first = operands.isEmpty() ? null : operands.get(0);
        if (first == null) {
            return Optional.empty();
        }
        if (movesNothing(domain, op, attributes, operands)) {
            return Optional.of(List.of(first));
        }
        if (!domain.isEmpty() || !op.equals("If")) {
            return Optional.empty();
        }
        return first.contents()
                .filter(condition -> condition.get(0).isFixed())
                .map(condition -> condition.get(0).is(0) ? "else_branch" : "then_branch")
                .flatMap(attributes::getBody)
                .map(branch -> List.copyOf(g.inline(branch, unchanged(branch)).values()));
    }

    /** What a branch uses from outside stays what it is. */
    private static Map<Value, Value> unchanged(Graph branch) {
        return branch.captures().stream().collect(Collectors.toMap(value -> value, value -> value));
    }

    /** True for a {@code Transpose} that leaves every axis where it is. */
    static boolean movesNothing(String domain, String op, Attributes attributes, List<@Nullable Value> operands) {
        if (!domain.isEmpty() || !op.equals("Transpose") || operands.size() != 1) {
            return false;
        }
        Value x = operands.get(0);
        long[] permutation = attributes.getInts("perm");
        if (permutation.length == 0) {
            return x != null && x.isTyped() && x.rank() < 2;
        }
        if (x != null && x.isTyped() && x.rank() != permutation.length) {
            return false; // Inference refuses it.
        }
        return IntStream.range(0, permutation.length).allMatch(axis -> permutation[axis] == axis);
    }
}

package org.menagerie.graph.gradient;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;

/**
 * Adds the gradients of a node's inputs to the graph, given those of its outputs.
 *
 * <p>A rule may return gradients with broadcast axes still in place; the walker sums them. Gradients that nobody needs
 * cost nothing: nodes without use are dropped from the finished graph.
 *
 * <p>A plugin binds a rule for an operator that has none, under the operator's qualified name: {@code
 * PluginBinder.on(binder()).bind(Rule.class, "com.microsoft.QuickGelu")}.
 */
@FunctionalInterface
public interface Rule {
    /**
     * The gradients of the node's inputs, in order; null for an input that has none.
     *
     * @param dys the gradients of the node's outputs, null where the loss does not depend on one
     */
    List<@Nullable Value> apply(GraphBuilder g, Node n, List<@Nullable Value> dys);

    /** A rule of an operator of which only the first output has a gradient. */
    @FunctionalInterface
    interface OfOne {
        List<@Nullable Value> apply(GraphBuilder g, Node n, Value dy);
    }

    /** The rule of an operator of which only the first output has a gradient. */
    static Rule of(OfOne rule) {
        return (g, n, dys) -> {
            Value dy = dys.get(0);
            if (dy == null) {
                throw new IllegalStateException(n + " has no gradient for its first output");
            }
            return rule.apply(g, n, dy);
        };
    }

    /** The gradients of a node's inputs, in order. */
    static List<@Nullable Value> grads(@Nullable Value... gradients) {
        return Arrays.asList(gradients);
    }
}

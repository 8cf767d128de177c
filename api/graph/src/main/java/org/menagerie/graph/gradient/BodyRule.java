package org.menagerie.graph.gradient;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;

/** Adds the gradients of a node that runs bodies: they use values of the graph around them beside the node's inputs. */
@FunctionalInterface
interface BodyRule {
    /**
     * The gradient of each wanted value.
     *
     * @param dys the gradients of the node's outputs, null where the loss does not depend on one
     * @param wanted inputs of the node, and values that its bodies use
     * @param rules those of the operators inside
     */
    Map<Value, Value> apply(GraphBuilder g, Node n, List<@Nullable Value> dys, List<Value> wanted, GradientRules rules);
}

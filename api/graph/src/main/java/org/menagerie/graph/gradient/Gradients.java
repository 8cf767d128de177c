package org.menagerie.graph.gradient;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;

/**
 * Symbolic reverse-mode differentiation: adds to a graph the nodes that compute gradients.
 *
 * <p>The walker alone accumulates contributions, sums broadcast axes, skips what needs no gradient and reports missing
 * rules. As rules add ordinary nodes, a gradient can be differentiated again.
 */
public final class Gradients {
    private final GraphBuilder g;
    private final GradientRules rules;
    private final Map<Value, List<Value>> contributions = new HashMap<>();

    private Gradients(GraphBuilder g, GradientRules rules) {
        this.g = g;
        this.rules = rules;
    }

    /**
     * The gradients of a scalar with respect to some values, in their order; zeros where it does not depend on one.
     *
     * @throws GraphException naming operator, node and path where an operator on the way has no rule
     */
    public static List<Value> of(GraphBuilder g, Value loss, List<Value> with) {
        if (loss.rank() != 0) {
            throw new GraphException("A gradient is taken of a scalar; '%s' is %s".formatted(loss.name(), loss.type()));
        }
        return of(g, loss, g.scalar(loss.element(), 1), with, GradientRules.standard());
    }

    /**
     * Vector-Jacobian products: the gradients of {@code sum(y * dy)}.
     *
     * @param dy of the type of {@code y}
     */
    public static List<Value> of(GraphBuilder g, Value y, Value dy, List<Value> with, GradientRules rules) {
        return new Gradients(g, rules).backward(y, dy, with);
    }

    private List<Value> backward(Value y, Value dy, List<Value> with) {
        List<Node> nodes = List.copyOf(g.nodes());
        Set<Value> dependent = dependents(nodes, with);
        contributions.computeIfAbsent(y, key -> new ArrayList<>()).add(dy);
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (uses(node, dependent)) {
                backward(node, dependent, y);
            }
        }
        return with.stream().map(this::gradientOrZero).toList();
    }

    /**
     * The numbers that some values have an influence on, themselves included; shapes and indices have no gradient, and what
     * is detached is taken as a constant.
     */
    private static Set<Value> dependents(List<Node> nodes, Collection<Value> sources) {
        Set<Value> dependent = new HashSet<>(sources);
        for (Node node : nodes) {
            if (uses(node, dependent)) {
                node.outputs().stream()
                        .filter(output -> !output.isTyped() || output.element().isFloating())
                        .filter(output -> !output.isDetached())
                        .forEach(dependent::add);
            }
        }
        return dependent;
    }

    /** True if a node, or a body inside it, uses one of some values. */
    private static boolean uses(Node node, Set<Value> values) {
        return node.inputs().stream().anyMatch(values::contains)
                || node.captures().stream().anyMatch(values::contains);
    }

    private void backward(Node node, Set<Value> dependent, Value loss) {
        List<@Nullable Value> dys = new ArrayList<>();
        boolean any = false;
        for (Value output : node.outputs()) {
            Value dy = accumulated(output);
            dys.add(dy);
            any |= dy != null;
        }
        if (!any) {
            return;
        }
        Rule rule = rules.find(node).orElseThrow(() -> missing(node, loss));
        List<@Nullable Value> gradients = rule.apply(g, node, dys);
        for (int i = 0; i < node.inputs().size(); i++) {
            Value input = node.inputs().get(i);
            Value gradient = i < gradients.size() ? gradients.get(i) : null;
            if (input != null && gradient != null && dependent.contains(input)) {
                contributions
                        .computeIfAbsent(input, key -> new ArrayList<>())
                        .add(checked(node, input, Unbroadcast.to(g, gradient, input)));
            }
        }
    }

    private static Value checked(Node node, Value input, Value gradient) {
        if (!gradient.type().element().equals(input.type().element()) || gradient.rank() != input.rank()) {
            throw new GraphException("The gradient rule of %s gives %s for its input '%s', which is %s"
                    .formatted(node.qualifiedOp(), gradient.type(), input.name(), input.type()));
        }
        for (int axis = 0; axis < input.rank(); axis++) {
            boolean known = input.dim(axis).isFixed() && gradient.dim(axis).isFixed();
            if (known && !input.dim(axis).equals(gradient.dim(axis))) {
                throw new GraphException("The gradient rule of %s gives %s for its input '%s', which is %s"
                        .formatted(node.qualifiedOp(), gradient.type(), input.name(), input.type()));
            }
        }
        return gradient;
    }

    private @Nullable Value accumulated(Value value) {
        List<Value> parts = contributions.get(value);
        if (parts == null) {
            return null;
        }
        if (parts.size() > 1) {
            Value sum = g.op("Sum", parts.toArray(Value[]::new));
            parts.clear();
            parts.add(sum);
        }
        return parts.get(0);
    }

    private Value gradientOrZero(Value value) {
        Value gradient = accumulated(value);
        return gradient == null ? g.fullLike(value, 0) : gradient;
    }

    private GraphException missing(Node node, Value loss) {
        return new GraphException("No gradient passes through %s%s. Path to '%s': %s"
                .formatted(
                        node,
                        rules.whyNot(node).map(reason -> ": " + reason).orElse(": its operator has no gradient rule"),
                        loss.name(),
                        PathToLoss.describe(g.nodes(), node, loss)));
    }
}

package org.menagerie.graph.gradient;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.SymbolicExtentException;
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
        return of(g, loss, with, GradientRules.standard());
    }

    /**
     * The same by other rules than the standard ones.
     *
     * @throws GraphException as {@link #of(GraphBuilder, Value, List)} does
     */
    public static List<Value> of(GraphBuilder g, Value loss, List<Value> with, GradientRules rules) {
        if (loss.rank() != 0) {
            throw new GraphException("A gradient is taken of a scalar; '%s' is %s".formatted(loss.name(), loss.type()));
        }
        return of(g, loss, g.scalar(loss.element(), 1), with, rules);
    }

    /**
     * Vector-Jacobian products: the gradients of {@code sum(y * dy)}.
     *
     * @param dy of the type of {@code y}
     */
    public static List<Value> of(GraphBuilder g, Value y, Value dy, List<Value> with, GradientRules rules) {
        return of(g, List.of(y), List.of(dy), with, rules);
    }

    /** The same for several values at once. */
    static List<Value> of(GraphBuilder g, List<Value> ys, List<Value> dys, List<Value> with, GradientRules rules) {
        Gradients gradients = new Gradients(g, rules);
        for (int i = 0; i < ys.size(); i++) {
            gradients.contribute(ys.get(i), dys.get(i));
        }
        return gradients.backward(ys, with);
    }

    private void contribute(Value value, Value gradient) {
        contributions.computeIfAbsent(value, key -> new ArrayList<>()).add(gradient);
    }

    private List<Value> backward(List<Value> ys, List<Value> with) {
        List<Node> nodes = List.copyOf(g.nodes());
        Set<Value> dependent = dependents(nodes, with);
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (uses(node, dependent)) {
                backward(node, dependent, ys.get(0));
            }
        }
        return with.stream().map(this::gradientOrZero).toList();
    }

    /**
     * The numbers that some values have an influence on, themselves included; shapes, indices and steps have no gradient,
     * and what is detached is taken as a constant.
     */
    private Set<Value> dependents(List<Node> nodes, Collection<Value> sources) {
        Set<Value> dependent = new HashSet<>(sources);
        for (Node node : nodes) {
            if (uses(node, dependent) && !rules.isFlat(node)) {
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
        try {
            Optional<BodyRule> ofBodies = rules.findForBodies(node);
            if (ofBodies.isPresent()) {
                ofBodies.get()
                        .apply(g, node, dys, numbers(node, dependent), rules)
                        .forEach((value, gradient) -> contribute(value, checked(node, value, gradient)));
                return;
            }
            Rule rule = rules.find(node).orElseThrow(() -> missing(node, loss));
            contribute(node, rule.apply(g, node, dys), dependent, loss);
        } catch (SymbolicExtentException e) {
            throw new GraphException(
                    "The gradient of %s needs the extent '%s' as a number, which is not known before a run; state it where the graph is built, or export the model with a fixed size there"
                            .formatted(node, e.extent()),
                    e);
        }
    }

    private void contribute(Node node, List<@Nullable Value> gradients, Set<Value> dependent, Value loss) {
        for (int i = 0; i < node.inputs().size(); i++) {
            Value input = node.inputs().get(i);
            if (input == null || !dependent.contains(input)) {
                continue;
            }
            Value gradient = i < gradients.size() ? gradients.get(i) : null;
            if (gradient != null) {
                contribute(input, checked(node, input, Unbroadcast.to(g, gradient, input)));
            } else if (!input.isTyped() || input.element().isFloating()) {
                throw withheld(node, i, input, loss);
            }
        }
    }

    /** The values that a node or its bodies use and that gradients are asked of. */
    private static List<Value> numbers(Node node, Set<Value> dependent) {
        Set<Value> used = new LinkedHashSet<>();
        for (Value input : node.inputs()) {
            if (input != null) {
                used.add(input);
            }
        }
        used.addAll(node.captures());
        return used.stream()
                .filter(dependent::contains)
                .filter(value -> !value.isTyped() || value.element().isFloating())
                .toList();
    }

    /** A gradient of the type that its value has, as far as that is known. */
    private Value checked(Node node, Value input, Value gradient) {
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
        return withKnownExtents(gradient, input);
    }

    /** Extents that inference lost in the gradient and knows of the value; zeros in a shape copy the gradient's own. */
    private Value withKnownExtents(Value gradient, Value value) {
        long[] shape = new long[value.rank()];
        boolean lost = false;
        for (int axis = 0; axis < shape.length; axis++) {
            if (value.dim(axis).isFixed() && !gradient.dim(axis).isFixed()) {
                shape[axis] = value.dim(axis).value();
                lost |= shape[axis] > 0;
            }
        }
        return lost ? g.reshape(gradient, shape) : gradient;
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

    private GraphException withheld(Node node, int input, Value value, Value loss) {
        return new GraphException(
                "%s gives no gradient of %s, '%s': detach that value to take it as a constant, or compute with it by operators that have one. Path to '%s': %s"
                        .formatted(
                                node,
                                NotDifferentiable.input(node.qualifiedOp(), input),
                                value.name(),
                                loss.name(),
                                PathToLoss.describe(g.nodes(), node, loss)));
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

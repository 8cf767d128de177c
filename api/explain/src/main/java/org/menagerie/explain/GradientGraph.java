package org.menagerie.explain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.GradientRules;
import org.menagerie.graph.gradient.Gradients;
import org.menagerie.spi.ZooException;

/**
 * A network together with a derivative, as a graph for any ONNX Runtime.
 *
 * <p>The graph has the network's inputs and the output y that is differentiated. {@link #vectorJacobian} adds an input {@code
 * d_y} of y's type and gives {@code d_x}, the gradient of {@code sum(y · d_y)} with respect to x. {@link #jacobianVector} adds an
 * input {@code d_x} of x's type and gives {@code d_y}, what y changes along {@code d_x}.
 *
 * @param network the network with the derivative
 * @param result the name of the output that holds the derivative
 * @param seed the name of the input that was added
 */
public record GradientGraph(NetworkGraph network, String result, String seed) {
    private static final String PREFIX = "d_";

    /** The product of a vector and the Jacobian of {@code of} with respect to {@code wrt}. */
    public static GradientGraph vectorJacobian(NetworkGraph network, String of, String wrt) {
        return built(network, of, wrt, (g, y, x) -> {
            Value dy = g.input(g.free(PREFIX + of), y.type());
            Value dx =
                    Gradients.of(g, y, dy, List.of(x), GradientRules.standard()).get(0);
            return new Derivative(dy.name(), PREFIX + wrt, dx);
        });
    }

    /**
     * The product of the Jacobian and a vector, by differentiating twice: the gradient of {@code sum(u · J)} is linear in u, and
     * its own gradient with respect to u is the product.
     */
    public static GradientGraph jacobianVector(NetworkGraph network, String of, String wrt) {
        return built(network, of, wrt, (g, y, x) -> {
            Value u = g.fullLike(y, 1);
            Value dx =
                    Gradients.of(g, y, u, List.of(x), GradientRules.standard()).get(0);
            Value direction = g.input(g.free(PREFIX + wrt), x.type());
            Value dy = Gradients.of(g, dx, direction, List.of(u), GradientRules.standard())
                    .get(0);
            return new Derivative(direction.name(), PREFIX + of, dy);
        });
    }

    private record Derivative(String seed, String result, Value value) {}

    private interface Rule {
        Derivative of(GraphBuilder g, Value y, Value x);
    }

    private static GradientGraph built(NetworkGraph network, String of, String wrt, Rule rule) {
        Value y = network.value(of);
        Value x = network.value(wrt);
        require(of, y);
        require(wrt, x);
        GraphBuilder g = GraphBuilder.extending(network.graph(), Mode.INFERENCE);
        try {
            Derivative derivative = rule.of(g, y, x);
            Map<String, Value> outputs = new LinkedHashMap<>();
            outputs.put(of, y);
            outputs.put(derivative.result(), g.identity(derivative.value()));
            Graph graph = g.build().prunedTo(outputs);
            return new GradientGraph(
                    new NetworkGraph(network.name(), graph, network.weights()), derivative.result(), derivative.seed());
        } catch (GraphException e) {
            throw new ZooException("Network '%s': %s".formatted(network.name(), e.getMessage()), e);
        }
    }

    private static void require(String name, Value value) {
        if (!value.isTyped() || !value.element().isFloating()) {
            throw new ZooException(
                    "Derivatives are taken of floating-point numbers; '%s' is %s".formatted(name, value));
        }
    }
}

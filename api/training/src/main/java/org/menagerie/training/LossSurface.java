package org.menagerie.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.Gradients;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;

/**
 * The loss of a batch as a function of the trained parameters, which are one vector: its value, its gradient, and
 * products of its Hessian with a vector v, which are the gradient of vᵀ∇f (Pearlmutter 1994). For one thread at a time.
 */
final class LossSurface implements AutoCloseable {
    private static final String GRADIENT = "gradient/";
    private static final String DIRECTION = "direction/";
    private static final String PRODUCT = "product/";

    private final ParameterVector vector;
    private final NoiseTensors noise;
    private final Part values;
    private final Part slopes;
    private final Part curvature;
    private final Map<String, Tensor> fed = new HashMap<>();

    /** A graph and its session. */
    private record Part(Graph graph, OnnxSession session) {
        static Part of(Graph whole, Map<String, Value> outputs, SessionOptions options) {
            Graph graph = whole.prunedTo(outputs);
            return new Part(graph, OnnxSession.open(OnnxWriter.toBytesWithParametersAsInputs(graph), options));
        }

        Map<String, Tensor> run(Map<String, Tensor> tensors) {
            Map<String, Tensor> inputs = new HashMap<>();
            graph.inputs().forEach(input -> {
                Tensor tensor = tensors.get(input.name());
                if (tensor == null) {
                    throw new InvalidInputException("Training needs '%s' %s; the data has %s"
                            .formatted(input.name(), input.type(), tensors.keySet()));
                }
                inputs.put(input.name(), tensor);
            });
            inputs.putAll(Parameter.tensors(graph.parameters(), tensors));
            return session.run(inputs);
        }
    }

    /**
     * What a point is like.
     *
     * @param metrics the loss first
     */
    record Slopes(Map<String, Double> metrics, double[] gradient) {}

    /** @throws GraphException if nothing trains, or if the network has statistics that change with each step */
    LossSurface(Objective objective, StepGraph.Settings settings, SessionOptions options, long seed) {
        GraphBuilder g = new GraphBuilder("loss", Mode.TRAINING);
        Value plain = objective.build(g);
        if (!g.build().updates().isEmpty()) {
            throw new GraphException(
                    "Newton's method needs a loss of parameters and data alone, but each step changes %s; take layer or"
                                    .formatted(g.build().updates().keySet())
                            + " group normalisation, or another optimizer");
        }
        List<Parameter> trained = settings.trained(g.parameters());
        vector = new ParameterVector(trained);
        Value loss = settings.penalty().addTo(g, plain, trained);
        Map<String, Value> metrics = new LinkedHashMap<>(Map.of(StepGraph.LOSS, loss));
        g.build().outputs().forEach((name, value) -> {
            if (value.rank() == 0) {
                metrics.put(name, value);
            }
        });
        List<Value> with = trained.stream().map(Parameter::value).toList();
        List<Value> gradients = Gradients.of(g, loss, with, settings.rules());
        List<Value> along = new ArrayList<>();
        for (int i = 0; i < trained.size(); i++) {
            metrics.put(GRADIENT + trained.get(i).name(), gradients.get(i));
            Value direction = g.input(
                    DIRECTION + trained.get(i).name(), trained.get(i).value().type());
            along.add(g.sum(g.mul(gradients.get(i), direction)));
        }
        List<Value> products = Gradients.of(g, g.op("Sum", along.toArray(Value[]::new)), with, settings.rules());
        Map<String, Value> second = new LinkedHashMap<>();
        for (int i = 0; i < trained.size(); i++) {
            second.put(PRODUCT + trained.get(i).name(), products.get(i));
        }
        Graph whole = g.build();
        noise = new NoiseTensors(whole.inputs(), whole.noises(), seed);
        values = Part.of(whole, Map.of(StepGraph.LOSS, loss), options);
        slopes = Part.of(whole, metrics, options);
        curvature = Part.of(whole, second, options);
    }

    ParameterVector vector() {
        return vector;
    }

    /**
     * Takes the batch of a step, which must stay as it is until the next; noise is drawn once for all that is asked.
     *
     * @param parameters of the network, those that do not train included
     */
    void take(long step, Map<String, Tensor> batch, Map<String, Tensor> parameters) {
        fed.clear();
        fed.putAll(batch);
        fed.putAll(noise.at(step, batch));
        fed.putAll(parameters);
    }

    double loss(double[] point) {
        fed.putAll(vector.scatter(point, ""));
        return scalar(Weights.in(values.run(fed), StepGraph.LOSS));
    }

    Slopes slopes(double[] point) {
        fed.putAll(vector.scatter(point, ""));
        Map<String, Tensor> found = slopes.run(fed);
        Map<String, Double> metrics = new LinkedHashMap<>();
        slopes.graph().outputs().keySet().forEach(name -> {
            if (!name.startsWith(GRADIENT)) {
                metrics.put(name, scalar(Weights.in(found, name)));
            }
        });
        return new Slopes(metrics, vector.gather(found, GRADIENT));
    }

    /** The Hessian at a point times a vector. */
    double[] product(double[] point, double[] direction) {
        fed.putAll(vector.scatter(point, ""));
        fed.putAll(vector.scatter(direction, DIRECTION));
        return vector.gather(curvature.run(fed), PRODUCT);
    }

    private static double scalar(Tensor tensor) {
        return tensor.elementType() == ElementType.FLOAT64
                ? tensor.doubles().get(0)
                : tensor.floats().get(0);
    }

    @Override
    public void close() {
        values.session().close();
        slopes.session().close();
        curvature.session().close();
    }
}

package org.menagerie.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Parameter;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.optimizer.LineSearch;
import org.menagerie.training.optimizer.SecondOrder;
import org.menagerie.training.optimizer.Vectors;

/**
 * Steps of Newton's method, each on one batch: meant for all examples as one batch, where every step makes the loss
 * smaller. The learning rate is the length that the line search tries first. Metrics are those of first-order steps and
 * {@code step_length}, which is 0 when the point is as low as rounding lets one see, and {@code hessian_products}.
 */
public final class NewtonSteps implements Steps {
    /** The metric that tells how far along its direction a step went. */
    public static final String STEP_LENGTH = "step_length";

    /** The metric that tells how many Hessian-vector products a step took. */
    public static final String HESSIAN_PRODUCTS = "hessian_products";

    private final LossSurface surface;
    private final SecondOrder method;
    private final Map<String, Tensor> state = new LinkedHashMap<>();
    private final List<Done> done = new ArrayList<>();

    /**
     * @param settings with an optimizer of second order, and without clipping
     * @param start a tensor for each of {@link #parameters}; copied
     * @param seed of the noise
     * @throws InvalidInputException if gradients are to be clipped
     */
    public NewtonSteps(
            Objective objective,
            StepGraph.Settings settings,
            Map<String, Tensor> start,
            SessionOptions options,
            long seed) {
        if (!(settings.optimizer() instanceof SecondOrder secondOrder)) {
            throw new IllegalArgumentException(
                    "%s is of first order: its steps are a training graph".formatted(settings.optimizer()));
        }
        if (!(settings.clipping() instanceof Clipping.None)) {
            throw new InvalidInputException(
                    "Newton's method finds the length of its steps itself; leave gradients unclipped");
        }
        method = secondOrder;
        surface = new LossSurface(objective, settings, options, seed);
        Parameter.tensors(parameters(objective), start).forEach((name, tensor) -> state.put(name, tensor.copy()));
    }

    /** The parameters of an objective's network, which are all that Newton's method keeps. */
    public static Map<String, Parameter> parameters(Objective objective) {
        return objective.graph("parameters", Mode.TRAINING).parameters();
    }

    @Override
    public void add(long step, double learningRate, Map<String, Tensor> batch) {
        surface.take(step, batch, state);
        double[] point = surface.vector().gather(state, "");
        LossSurface.Slopes slopes = surface.slopes(point);
        double[] gradient = slopes.gradient();
        double square = Vectors.dot(gradient, gradient);
        Map<String, Double> metrics = new LinkedHashMap<>(slopes.metrics());
        metrics.put(StepGraph.GRADIENT_NORM, Math.sqrt(square));
        metrics.put(STEP_LENGTH, 0.0);
        metrics.put(HESSIAN_PRODUCTS, 0.0);
        if (square > 0 && Double.isFinite(square)) {
            SecondOrder.Direction direction = method.direction(gradient, vector -> surface.product(point, vector));
            metrics.put(HESSIAN_PRODUCTS, (double) direction.products());
            double loss = Weights.in(slopes.metrics(), StepGraph.LOSS);
            search(point, direction.step(), loss, gradient, learningRate).ifPresent(found -> {
                metrics.put(STEP_LENGTH, found.length());
                state.putAll(surface.vector().scatter(found.point(), ""));
            });
        }
        done.add(new Done(step, learningRate, metrics));
    }

    /** Along the direction, or straight downhill where rounding has turned it uphill. */
    private Optional<LineSearch.Found> search(
            double[] point, double[] step, double loss, double[] gradient, double first) {
        double slope = Vectors.dot(gradient, step);
        double[] direction = slope < 0 ? step : Vectors.scaled(gradient, -1);
        return method.lineSearch()
                .along(point, direction, loss, Math.min(slope, Vectors.dot(gradient, direction)), first, surface::loss);
    }

    @Override
    public List<Done> done() {
        List<Done> finished = List.copyOf(done);
        done.clear();
        return finished;
    }

    @Override
    public Map<String, Tensor> state() {
        return new LinkedHashMap<>(state);
    }

    @Override
    public void close() {
        surface.close();
    }
}

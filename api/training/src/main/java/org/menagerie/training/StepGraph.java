package org.menagerie.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.GradientRules;
import org.menagerie.graph.gradient.Gradients;
import org.menagerie.spi.ZooException;
import org.menagerie.training.optimizer.FirstOrder;
import org.menagerie.training.optimizer.Optimizer;
import org.menagerie.training.optimizer.Slots;

/**
 * One training step as one graph: forward pass, loss, gradients, clipping, optimizer. Parameters and optimizer state are
 * inputs, their new values outputs.
 *
 * @param graph the step
 * @param scalars the numbers that are fed each step
 * @param metrics the outputs that are reported, the loss first
 * @param next for each parameter or state that a step changes: the output with its new value
 * @param network the parameters of the network itself, optimizer state left out
 */
public record StepGraph(
        Graph graph,
        Slots.Scalars scalars,
        List<String> metrics,
        Map<String, String> next,
        Map<String, Parameter> network) {
    /** The name of the output that holds the loss, penalties included. */
    public static final String LOSS = "loss";

    /** The name of the output that holds the global norm of all gradients, before clipping. */
    public static final String GRADIENT_NORM = "gradient_norm";

    static final String NEXT = ".next";

    /**
     * What a step does beyond the loss.
     *
     * @param optimizer moves the parameters
     * @param clipping is applied to gradients first
     * @param penalty is added to the loss
     * @param trains which of the trainable parameters move, by name
     * @param rules the gradient rules
     */
    public record Settings(
            Optimizer optimizer, Clipping clipping, Penalty penalty, Predicate<String> trains, GradientRules rules) {
        /** No clipping, no penalty, everything moves. */
        public static Settings of(Optimizer optimizer) {
            return new Settings(optimizer, new Clipping.None(), Penalty.NONE, name -> true, GradientRules.standard());
        }

        /**
         * Those of a network's parameters that move.
         *
         * @throws GraphException if none does
         */
        List<Parameter> trained(Map<String, Parameter> network) {
            List<Parameter> trained = network.values().stream()
                    .filter(parameter -> parameter.trainable() && trains.test(parameter.name()))
                    .toList();
            if (trained.isEmpty()) {
                throw new GraphException(
                        "Nothing trains: none of the parameters %s is chosen".formatted(network.keySet()));
            }
            return trained;
        }

        /** @throws GraphException if the optimizer is not of first order */
        FirstOrder firstOrder() {
            if (optimizer instanceof FirstOrder first) {
                return first;
            }
            throw new GraphException(
                    "A training graph needs an optimizer of first order; NewtonSteps runs %s".formatted(optimizer));
        }

        public Settings withClipping(Clipping other) {
            return new Settings(optimizer, other, penalty, trains, rules);
        }

        public Settings withPenalty(Penalty other) {
            return new Settings(optimizer, clipping, other, trains, rules);
        }

        public Settings withTrains(Predicate<String> other) {
            return new Settings(optimizer, clipping, penalty, other, rules);
        }

        public Settings withRules(GradientRules other) {
            return new Settings(optimizer, clipping, penalty, trains, other);
        }
    }

    /**
     * The graph of a step.
     *
     * @throws GraphException if the optimizer is not of first order, if nothing trains, or if a gradient is missing
     */
    public static StepGraph of(Objective objective, Settings settings) {
        FirstOrder optimizer = settings.firstOrder();
        GraphBuilder g = new GraphBuilder("step", Mode.TRAINING);
        Value plain = objective.build(g);
        Map<String, Parameter> network = new LinkedHashMap<>(g.parameters());
        network.keySet().removeAll(g.carried());
        List<Parameter> trained = settings.trained(network);
        Value loss = settings.penalty().addTo(g, plain, trained);
        Map<String, Value> gradients = gradients(g, loss, trained, settings);
        List<ParameterGroup> groups = ParameterGroup.of(optimizer, trained);
        Slots.Scalars scalars = new Slots.Scalars();
        Value norm = move(
                g,
                settings,
                groups,
                groups.stream().map(group -> group.joined(g, gradients)).toList(),
                scalars);
        return outputs(g, loss, norm, scalars, network);
    }

    /** The gradient of each trained parameter, by name. */
    static Map<String, Value> gradients(GraphBuilder g, Value loss, List<Parameter> trained, Settings settings) {
        List<Value> found =
                Gradients.of(g, loss, trained.stream().map(Parameter::value).toList(), settings.rules());
        Map<String, Value> gradients = new LinkedHashMap<>();
        for (int i = 0; i < trained.size(); i++) {
            gradients.put(trained.get(i).name(), found.get(i));
        }
        return gradients;
    }

    /**
     * Clips gradients and gives all parameters their new values.
     *
     * @param gradients of each group
     * @return the global norm of the gradients, before clipping
     */
    static Value move(
            GraphBuilder g,
            Settings settings,
            List<ParameterGroup> groups,
            List<Value> gradients,
            Slots.Scalars scalars) {
        FirstOrder optimizer = settings.firstOrder();
        Value norm = Clipping.globalNorm(g, gradients);
        List<Value> clipped = settings.clipping().apply(g, gradients, norm);
        for (int i = 0; i < groups.size(); i++) {
            ParameterGroup group = groups.get(i);
            Value parameter = group.parameter(g);
            Slots slots = new Slots(g, group.name(), parameter.type(), scalars);
            group.update(g, moved(g, optimizer, slots, group.name(), parameter, clipped.get(i)));
        }
        return norm;
    }

    /** The new value that an optimizer gives; a fault of the optimizer names it. */
    private static Value moved(
            GraphBuilder g, FirstOrder optimizer, Slots slots, String group, Value parameter, Value gradient) {
        String name = optimizer.getClass().getSimpleName();
        TensorType wanted = parameter.type();
        Value next;
        try {
            next = optimizer.update(g, slots, parameter, gradient);
        } catch (RuntimeException e) {
            throw new ZooException(
                    "Optimizer %s cannot move parameter '%s' %s: %s".formatted(name, group, wanted, e.getMessage()), e);
        }
        if (next.isTyped() && differs(next.type(), wanted)) {
            throw new ZooException("Optimizer %s made %s of parameter '%s' %s; its update must keep the type"
                    .formatted(name, next.type(), group, wanted));
        }
        return next;
    }

    /** True if two types cannot be the same, whatever the extents that are not known yet. */
    private static boolean differs(TensorType found, TensorType wanted) {
        return found.element() != wanted.element()
                || found.rank() != wanted.rank()
                || IntStream.range(0, wanted.rank())
                        .anyMatch(axis -> found.dim(axis).isFixed()
                                && wanted.dim(axis).isFixed()
                                && found.dim(axis).value() != wanted.dim(axis).value());
    }

    private static StepGraph outputs(
            GraphBuilder g, Value loss, Value norm, Slots.Scalars scalars, Map<String, Parameter> network) {
        Graph whole = g.build();
        Map<String, Value> outputs = reported(whole, loss);
        outputs.put(GRADIENT_NORM, norm);
        List<String> metrics = new ArrayList<>(outputs.keySet());
        Map<String, String> next = new LinkedHashMap<>();
        whole.updates().forEach((name, value) -> {
            next.put(name, name + NEXT);
            outputs.put(name + NEXT, value);
        });
        return new StepGraph(whole.prunedTo(outputs), scalars, metrics, next, network);
    }

    /** The loss, and the network's outputs that are one number. */
    static Map<String, Value> reported(Graph whole, Value loss) {
        Map<String, Value> reported = new LinkedHashMap<>();
        reported.put(LOSS, loss);
        whole.outputs().forEach((name, value) -> {
            if (value.rank() == 0) {
                reported.put(name, value);
            }
        });
        return reported;
    }

    /** The network's parameters and the optimizer's state. */
    public Map<String, Parameter> all() {
        Map<String, Parameter> all = new LinkedHashMap<>(network);
        all.putAll(graph.parameters());
        return all;
    }
}

package org.menagerie.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.training.optimizer.Slots;

/**
 * A training step as two graphs: one gives the gradients of a part of a batch, the other adds those of all parts and moves the
 * parameters. Parts can be computed side by side. Optimizer state has the names that a {@link StepGraph} gives it.
 *
 * @param gradients of a part: the inputs are the network's and {@link #SHARE}, the outputs the metrics and {@code parts}
 * @param update of the parameters: the inputs are all parts' {@code parts}, named by {@link #of(String, int)}
 * @param parts what the second graph takes from the first, already multiplied by the share
 * @param scalars the numbers that the update is fed each step
 * @param metrics the first graph's outputs that are reported, the loss first
 * @param next for each parameter or state that a step changes: the update's output with its new value
 * @param network the parameters of the network itself, optimizer state left out
 */
record SplitTraining(
        Graph gradients,
        Graph update,
        Map<String, TensorType> parts,
        Slots.Scalars scalars,
        List<String> metrics,
        Map<String, String> next,
        Map<String, Parameter> network) {
    /** The input of the gradients' graph that says which share of the batch the part is, f32[]. */
    static final String SHARE = "share";

    private static final String GRADIENT = "gradient/";
    private static final String STATISTIC = "statistic/";

    /** The update's input for what a part gave. */
    static String of(String part, int number) {
        return part + "/" + number;
    }

    /**
     * The graphs of a step.
     *
     * @param count how many parts a batch has
     * @throws GraphException if the optimizer is not of first order, if nothing trains, or if a gradient is missing
     */
    static SplitTraining of(Objective objective, StepGraph.Settings settings, int count) {
        GraphBuilder g = new GraphBuilder("part", Mode.TRAINING);
        Value plain = objective.build(g);
        if (!g.carried().isEmpty()) {
            throw new InvalidInputException(
                    "A network that carries %s from batch to batch takes whole batches; train it with one replica, not %d"
                            .formatted(g.carried(), count));
        }
        Map<String, Parameter> network = new LinkedHashMap<>(g.parameters());
        List<Parameter> trained = settings.trained(network);
        Value share = g.input(SHARE, "f32[]");
        Value loss = settings.penalty().addTo(g, plain, trained);
        Map<String, Value> gradients = StepGraph.gradients(g, g.mul(loss, share), trained, settings);
        Map<String, Value> parts = new LinkedHashMap<>();
        for (ParameterGroup group : ParameterGroup.of(settings.firstOrder(), trained)) {
            parts.put(GRADIENT + group.name(), group.joined(g, gradients));
        }
        Graph whole = g.build();
        whole.updates().forEach((name, value) -> {
            if (value.element() != ElementType.FLOAT32) {
                throw new GraphException(
                        "A batch cannot be split: a step changes '%s', which is %s, and parts are put together as means of f32"
                                .formatted(name, value.type()));
            }
            parts.put(STATISTIC + name, g.mul(value, share));
        });
        Map<String, Value> outputs = StepGraph.reported(whole, loss);
        List<String> metrics = new ArrayList<>(outputs.keySet());
        outputs.putAll(parts);
        Map<String, TensorType> types = new LinkedHashMap<>();
        parts.forEach((name, value) -> types.put(name, value.type()));
        Update update = Update.of(whole.name(), settings, trained, types, count);
        return new SplitTraining(
                g.build().prunedTo(outputs), update.graph(), types, update.scalars(), metrics, update.next(), network);
    }

    /** The second graph. */
    private record Update(Graph graph, Slots.Scalars scalars, Map<String, String> next) {
        static Update of(
                String name,
                StepGraph.Settings settings,
                List<Parameter> trained,
                Map<String, TensorType> parts,
                int count) {
            GraphBuilder g = new GraphBuilder(name + "_update", Mode.TRAINING);
            trained.forEach(each -> g.buffer(each.name(), each.value().type(), each.initializer()));
            Map<String, Value> sums = new LinkedHashMap<>();
            parts.forEach((part, type) -> {
                Value[] all = new Value[count];
                for (int i = 0; i < count; i++) {
                    all[i] = g.input(SplitTraining.of(part, i), type);
                }
                sums.put(part, g.op("Sum", all));
            });
            List<ParameterGroup> groups = ParameterGroup.of(
                    settings.firstOrder(), List.copyOf(g.parameters().values()));
            Slots.Scalars scalars = new Slots.Scalars();
            Value norm = StepGraph.move(
                    g,
                    settings,
                    groups,
                    groups.stream()
                            .map(group -> Weights.in(sums, GRADIENT + group.name()))
                            .toList(),
                    scalars);
            Graph whole = g.build();
            Map<String, Value> outputs = new LinkedHashMap<>(Map.of(StepGraph.GRADIENT_NORM, norm));
            Map<String, String> next = new LinkedHashMap<>();
            Map<String, Value> values = new LinkedHashMap<>(whole.updates());
            sums.forEach((part, value) -> {
                if (part.startsWith(STATISTIC)) {
                    values.put(part.substring(STATISTIC.length()), value);
                }
            });
            values.forEach((changed, value) -> {
                next.put(changed, changed + StepGraph.NEXT);
                outputs.put(changed + StepGraph.NEXT, value);
            });
            return new Update(whole.prunedTo(outputs), scalars, next);
        }
    }

    /** The network's parameters and the optimizer's state. */
    Map<String, Parameter> all() {
        Map<String, Parameter> all = new LinkedHashMap<>(network);
        update.parameters().forEach(all::putIfAbsent);
        return all;
    }
}

package org.menagerie.training.optimizer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Initializers;

/**
 * What an optimizer keeps from step to step for one parameter, or for several that move as one, and the numbers that are
 * fed to the graph each step. Scalars are shared by all parameters of a graph.
 */
public final class Slots {
    private static final String LEARNING_RATE = "learning_rate";

    private final GraphBuilder g;
    private final String owner;
    private final TensorType type;
    private final Scalars scalars;

    /**
     * @param owner the name of the parameter, or of the parameters that move as one
     * @param type of the owner
     * @param scalars the same for all parameters of a graph
     */
    public Slots(GraphBuilder g, String owner, TensorType type, Scalars scalars) {
        this.g = g;
        this.owner = owner;
        this.type = type;
        this.scalars = scalars;
    }

    /** A tensor in the owner's shape that starts with zeros, for example {@code momentum}. */
    public Value state(String name) {
        return state(name, 0);
    }

    /** A tensor in the owner's shape that starts with a number. */
    public Value state(String name, double start) {
        return g.buffer(owner + "." + name, type, Initializers.constant(start));
    }

    /** What the state is at the next step. */
    public void next(Value state, Value value) {
        g.update(state, value);
    }

    /**
     * A moving average that starts with zeros: a ← decay·a + (1 − decay)·x.
     *
     * @return the average with x taken in
     */
    public Value average(String name, double decay, Value x) {
        Value average = state(name);
        Value moved = g.add(g.mul(average, decay), g.mul(x, 1 - decay));
        next(average, moved);
        return moved;
    }

    /**
     * Momentum, which starts with zeros: v ← decay·v + x.
     *
     * @return the momentum with x taken in
     */
    public Value momentum(double decay, Value x) {
        Value velocity = state("momentum");
        Value moved = g.add(g.mul(velocity, decay), x);
        next(velocity, moved);
        return moved;
    }

    /** The step's learning rate. */
    public Value learningRate() {
        return scalars.value(g, LEARNING_RATE, step -> Double.NaN);
    }

    /** A number that depends on the step only, counted from 1. */
    public Value scalar(String name, LongToDoubleFunction ofStep) {
        return scalars.value(g, name, ofStep);
    }

    /** The scalars of a graph by name. */
    public static final class Scalars {
        private final Map<String, Value> values = new LinkedHashMap<>();
        private final Map<String, LongToDoubleFunction> functions = new LinkedHashMap<>();

        private Value value(GraphBuilder g, String name, LongToDoubleFunction ofStep) {
            functions.putIfAbsent(name, ofStep);
            return values.computeIfAbsent(name, key -> g.input(key, "f32[]"));
        }

        /** The numbers to feed at a step, counted from 1. */
        public Map<String, Double> at(long step, double learningRate) {
            Map<String, Double> numbers = new LinkedHashMap<>();
            functions.forEach((name, ofStep) ->
                    numbers.put(name, name.equals(LEARNING_RATE) ? learningRate : ofStep.applyAsDouble(step)));
            return Collections.unmodifiableMap(numbers);
        }
    }
}

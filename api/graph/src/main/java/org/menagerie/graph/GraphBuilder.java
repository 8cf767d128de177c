package org.menagerie.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.layer.Initializer;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.graph.operator.KnownContents;
import org.menagerie.graph.operator.Operators;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * Builds an ONNX graph node by node; element types and shapes are inferred and checked as nodes are added.
 *
 * <p>The operators come from the interfaces it implements, one a family. Not thread-safe.
 */
public final class GraphBuilder
        implements ArithmeticOps,
                ActivationOps,
                ReductionOps,
                ShapeOps,
                LinearOps,
                ConvolutionOps,
                PoolingOps,
                LossOps,
                Layers,
                RegionOps,
                RecurrentLayers,
                PositionLayers,
                TransformerLayers {
    /** The input that {@link #progress()} declares. */
    public static final String PROGRESS = "progress";

    private final String name;
    private final Mode mode;
    private final @Nullable GraphBuilder outer;
    private final List<Value> inputs = new ArrayList<>();
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Value> outputs = new LinkedHashMap<>();
    private final Map<String, Value> updates = new LinkedHashMap<>();
    private final List<Noise> noises = new ArrayList<>();
    private final Set<String> carried = new LinkedHashSet<>();
    private final Map<Object, Value> sharedConstants = new HashMap<>();
    private final Deque<String> scopes = new ArrayDeque<>();
    private final Names names;
    private final TypedNodes nodes;
    private boolean sharing;

    private GraphBuilder(String name, Mode mode, @Nullable GraphBuilder outer) {
        this.name = name;
        this.mode = mode;
        this.outer = outer;
        this.names = outer == null ? new Names() : outer.names;
        this.nodes = new TypedNodes(names);
    }

    public GraphBuilder(String name, Mode mode) {
        this(name, mode, null);
    }

    /** A builder that goes on where a finished graph ends: same values, more nodes. */
    public static GraphBuilder extending(Graph graph, Mode mode) {
        GraphBuilder g = new GraphBuilder(graph.name(), mode);
        g.inputs.addAll(graph.inputs());
        g.parameters.putAll(graph.parameters());
        g.nodes.addAll(graph.nodes());
        g.outputs.putAll(graph.outputs());
        g.updates.putAll(graph.updates());
        g.noises.addAll(graph.noises());
        g.names.take(graph);
        return g;
    }

    /** A builder for the body of a Loop, Scan or If; its nodes may use values of this builder too. */
    public GraphBuilder body(String bodyName) {
        return new GraphBuilder(unique(bodyName), mode, this);
    }

    /**
     * Adds a copy of a finished graph. Its parameters get names that begin with the enclosing scopes, and what it updates
     * is updated.
     *
     * @param given what stands in for the graph's inputs, parameters or values between; inputs and parameters left out are
     *     declared anew
     * @return the copies of its outputs, by name
     */
    public Map<String, Value> inline(Graph graph, Map<Value, Value> given) {
        Map<Value, Value> copies = new Inlining(this, given).copy(graph);
        graph.updates().forEach((parameter, value) -> {
            Parameter updated = graph.parameters().get(parameter);
            if (updated != null && !given.containsKey(updated.value())) {
                update(copies.getOrDefault(updated.value(), updated.value()), copies.getOrDefault(value, value));
            }
        });
        Map<String, Value> results = new LinkedHashMap<>();
        graph.outputs().forEach((output, value) -> results.put(output, copies.getOrDefault(value, value)));
        return results;
    }

    public String name() {
        return name;
    }

    @Override
    public boolean isTraining() {
        return mode == Mode.TRAINING;
    }

    /**
     * Declares an input.
     *
     * @param type for example {@code f32[N,1,28,28]}; a symbol stands for the same extent wherever it appears
     */
    public Value input(String inputName, String type) {
        return input(inputName, TensorType.parse(type));
    }

    public Value input(String inputName, TensorType type) {
        if (find(inputName).isPresent()) {
            throw new GraphException("Graph '%s' has two inputs named '%s'".formatted(name, inputName));
        }
        Value value = new Value(inputName, type);
        inputs.add(value);
        names.take(inputName);
        return value;
    }

    /** The value of an input declared before; an unknown name is an error that lists the inputs. */
    public Value input(String inputName) {
        return find(inputName)
                .orElseThrow(() -> new GraphException(
                        "Graph '%s' has no input '%s'; it has %s".formatted(name, inputName, inputs)));
    }

    private Optional<Value> find(String inputName) {
        return inputs.stream().filter(input -> input.name().equals(inputName)).findFirst();
    }

    /** How far training has come, f32[]: 0 at the first step, 1 at the last. An input that the trainer feeds. */
    public Value progress() {
        return find(PROGRESS).orElseGet(() -> input(PROGRESS, "f32[]"));
    }

    /** Declares an input of a body that takes its type from what the enclosing node passes. */
    public Value untypedInput(String inputName) {
        Value value = new Value(inputName, null);
        inputs.add(value);
        names.take(inputName);
        return value;
    }

    /** Declares an input that is filled with random numbers, new ones each run. */
    @Override
    public Value noise(TensorType type, Noise.Distribution distribution) {
        Value value = input("noise_" + noises.size(), type);
        noises.add(new Noise(value, distribution));
        return value;
    }

    @Override
    public <T> T sharing(Supplier<T> content) {
        boolean before = sharing;
        sharing = true;
        try {
            return content.get();
        } finally {
            sharing = before;
        }
    }

    /** Declares a weight or bias; its name is prefixed with the enclosing scopes. */
    @Override
    public Value parameter(String parameterName, TensorType type, Initializer initializer) {
        return declare(parameterName, type, initializer, true);
    }

    /** Declares a tensor that belongs to the network but that no optimizer moves. */
    @Override
    public Value buffer(String bufferName, TensorType type, Initializer initializer) {
        return declare(bufferName, type, initializer, false);
    }

    /**
     * Declares what a training step leaves to the next one besides parameters, such as a recurrent network's states: zeros at
     * first, then what {@link #update} gives. It is a part of the training, which a checkpoint keeps, and not of the network.
     */
    public Value carried(String carriedName, TensorType type) {
        Value value = buffer(carriedName, type, Initializers.zeros());
        carried.add(value.name());
        return value;
    }

    /** The names of what is {@link #carried(String, TensorType)} from step to step. */
    public Set<String> carried() {
        return Collections.unmodifiableSet(carried);
    }

    private Value declare(String localName, TensorType type, Initializer initializer, boolean trainable) {
        String full = qualified(localName);
        Parameter before = parameters.get(full);
        if (sharing && before != null && before.value().type().equals(type)) {
            return before.value();
        }
        Value value = new Value(full, type);
        names.take(full);
        if (parameters.putIfAbsent(full, new Parameter(full, value, initializer, trainable)) != null) {
            throw new GraphException("Graph '%s' has two parameters named '%s'".formatted(name, full));
        }
        return value;
    }

    /** After each training run the buffer takes this value. */
    @Override
    public void update(Value buffer, Value newValue) {
        if (!parameters.containsKey(buffer.name())) {
            throw new GraphException("'%s' is no parameter or buffer of graph '%s'".formatted(buffer.name(), name));
        }
        updates.put(buffer.name(), newValue);
    }

    @Override
    public Value detach(Value value) {
        Value detached = identity(value);
        detached.detach();
        return detached;
    }

    /** Names a value as an output of the graph. */
    public Value output(String outputName, Value value) {
        if (outputs.putIfAbsent(outputName, value) != null) {
            throw new GraphException("Graph '%s' has two outputs named '%s'".formatted(name, outputName));
        }
        return value;
    }

    /** The value of an output declared before; an unknown name is an error that lists the outputs. */
    public Value output(String outputName) {
        return build().output(outputName);
    }

    /** Parameters declared inside get names that begin with the scope: {@code scope.name}. */
    public void scope(String scope, Consumer<GraphBuilder> content) {
        scopes.addLast(scope);
        content.accept(this);
        scopes.removeLast();
    }

    private String qualified(String localName) {
        return scopes.isEmpty() ? localName : String.join(".", scopes) + "." + localName;
    }

    @Override
    public Value constant(Tensor tensor) {
        return constant(unique("constant"), tensor);
    }

    /** A constant with the name that a file gives it. */
    public Value constant(String constantName, Tensor tensor) {
        Value value = new Value(constantName, TensorType.of(tensor.elementType(), tensor.shape()));
        names.take(constantName);
        value.constant(tensor);
        value.contents(KnownContents.of(tensor));
        return value;
    }

    @Override
    public Value scalar(ElementType element, double value) {
        return root().sharedConstants
                .computeIfAbsent(List.of(element, value), key -> constant(Scalars.scalar(element, value)));
    }

    @Override
    public Value longs(long... values) {
        return root().sharedConstants
                .computeIfAbsent(
                        java.util.Arrays.stream(values).boxed().toList(),
                        key -> constant(Tensor.of(values, values.length)));
    }

    @Override
    public List<Value> emit(
            String domain, String op, Attributes attributes, int outputCount, List<@Nullable Value> operands) {
        Operators.require(name, domain, op);
        Optional<List<Value>> instead = NoOps.instead(this, domain, op, attributes, operands);
        if (instead.isPresent()) {
            return instead.get();
        }
        return nodes.emit(domain, op, attributes, outputCount, operands);
    }

    /**
     * Adds a node that was read from a file: an operator that is not known is kept as it is, and what inference cannot
     * tell is taken from the file or left open.
     *
     * @param outputNames the names of its outputs
     * @param declared types that the file states, used where inference cannot tell
     * @throws GraphException if the inputs or attributes cannot be right
     */
    public List<Value> add(
            String domain,
            String op,
            String nodeName,
            Attributes attributes,
            List<@Nullable Value> operands,
            List<String> outputNames,
            Map<String, TensorType> declared) {
        if (NoOps.movesNothing(domain, op, attributes, operands)) {
            return add("", "Identity", nodeName, Attributes.NONE, operands, outputNames, declared);
        }
        return nodes.read(domain, op, nodeName, attributes, operands, outputNames, declared);
    }

    String unique(String prefix) {
        return names.unique(prefix);
    }

    /** The name itself if nothing has it, else one that begins with it. */
    public String free(String wanted) {
        return names.free(wanted);
    }

    private GraphBuilder root() {
        return outer == null ? this : outer.root();
    }

    public List<Node> nodes() {
        return nodes.all();
    }

    public Map<String, Parameter> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /** The graph so far. */
    public Graph build() {
        return new Graph(name, inputs, parameters, nodes.all(), outputs, updates, noises);
    }
}

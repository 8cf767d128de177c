package org.menagerie.graph.transfer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.onnx.OnnxModel;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * How a network for a new task is made of one that was read from a file. Immutable.
 *
 * @param source the network to start from
 * @param head the new classifier; null keeps the outputs as they are
 * @param choice which parameters train
 * @param statistics what batch normalisation does in training
 */
public record FineTuning(OnnxModel source, @Nullable Head head, ParameterChoice choice, BatchStatistics statistics) {
    /** The name of the new head: its parameters are {@code head.weight} and {@code head.bias}. */
    public static final String HEAD = "head";

    /** The name of the output that a new head gives, f32[N, classes]. */
    public static final String LOGITS = "logits";

    /**
     * A new linear layer.
     *
     * @param at the name of the value that it reads; null for what the old classifier reads
     * @param classes how many logits it gives
     */
    public record Head(@Nullable String at, int classes) {
        public Head {
            if (classes < 1) {
                throw new IllegalArgumentException("A head needs 1 class or more; found " + classes);
            }
        }
    }

    /**
     * The network in both modes.
     *
     * @param training with what only training needs; its parameters have the names of the other's
     * @param inference what is exported
     * @param weights a tensor for every parameter
     * @param trains the names of the parameters that an optimizer moves
     * @param drawn the names of the parameters that are not the source's, such as a new head's: they follow the seed
     */
    public record Result(
            Graph training, Graph inference, Map<String, Tensor> weights, Set<String> trains, Set<String> drawn) {}

    /** The same network with the same outputs, all of whose parameters train. */
    public static FineTuning of(OnnxModel source) {
        return new FineTuning(source, null, ParameterChoice.all(), BatchStatistics.FROZEN);
    }

    /** A head of some classes in place of the old classifier. */
    public FineTuning withHead(int classes) {
        return new FineTuning(source, new Head(null, classes), choice, statistics);
    }

    /** A head that reads a named value: [N, D], tokens [N, T, D] that are averaged, or maps [N, C, H, W] likewise. */
    public FineTuning withHeadAt(String value, int classes) {
        return new FineTuning(source, new Head(value, classes), choice, statistics);
    }

    public FineTuning withChoice(ParameterChoice other) {
        return new FineTuning(source, head, other, statistics);
    }

    public FineTuning withStatistics(BatchStatistics other) {
        return new FineTuning(source, head, choice, other);
    }

    /** Both modes, with weights; those of a new head are drawn from the seed. */
    public Result result(long seed) {
        Graph inference = build(Mode.INFERENCE).build();
        Set<String> drawn = new TreeSet<>(inference.parameters().keySet());
        drawn.removeIf(name -> source.weights().containsKey(name) && !(head != null && name.startsWith(HEAD + ".")));
        return new Result(
                build(Mode.TRAINING).build(), inference, weights(inference, drawn, seed), choice.of(inference), drawn);
    }

    /**
     * Builds the network in a new builder, to which a loss can be added.
     *
     * @throws GraphException if the network cannot take a batch of any size, or has no place for the head
     */
    public GraphBuilder build(Mode mode) {
        GraphBuilder g = new GraphBuilder(source.graph().name(), mode);
        addTo(g);
        return g;
    }

    /**
     * Adds the network to an empty builder. Nodes and parameters that its outputs do not need are left out.
     *
     * @throws GraphException if the network cannot take a batch of any size, or has no place for the head
     */
    public void addTo(GraphBuilder g) {
        Graph old = source.graph();
        if (head == null) {
            Map<Value, Value> copies = GraphCopy.of(old, g, statistics);
            old.outputs().forEach((name, value) -> g.output(name, copied(copies, value)));
            return;
        }
        Value features = head.at() == null
                ? Classifier.features(old, old.outputs().values().iterator().next())
                : Classifier.named(old, head.at());
        Map<Value, Value> copies = GraphCopy.of(old.prunedTo(Map.of(LOGITS, features)), g, statistics);
        g.output(LOGITS, g.linear(HEAD, vector(g, copied(copies, features)), head.classes()));
    }

    private static Value copied(Map<Value, Value> copies, Value value) {
        Value copy = copies.get(value);
        if (copy == null) {
            throw new GraphException("'%s' is a constant: there is nothing to train".formatted(value.name()));
        }
        return copy;
    }

    /** One vector an example. */
    private static Value vector(GraphBuilder g, Value features) {
        boolean fits = features.isTyped()
                && features.element() == ElementType.FLOAT32
                && features.rank() >= 2
                && features.rank() <= 4
                && features.dim(features.rank() == 4 ? 1 : -1).isFixed();
        if (!fits) {
            throw new GraphException(
                    "A head reads f32[N,D], f32[N,T,D] or f32[N,C,H,W] with known D or C; '%s' is none of these: name another value"
                            .formatted(features));
        }
        if (!features.dim(0).equals(GraphCopy.BATCH)) {
            throw features.producer()
                    .map(node -> GraphCopy.fixed(node, features.dim(0)))
                    .orElseGet(() -> new GraphException("'%s' has no batch axis".formatted(features)));
        }
        return switch (features.rank()) {
            case 2 -> features;
            case 3 -> mean(g, features);
            default -> g.flatten(g.op("GlobalAveragePool", features));
        };
    }

    /** The mean over tokens; over those that count where the network is told which do. */
    private static Value mean(GraphBuilder g, Value tokens) {
        List<Value> masks = g.build().inputs().stream()
                .filter(input -> input.name().equals("attention_mask"))
                .toList();
        if (masks.isEmpty()) {
            return g.mean(tokens, 1);
        }
        Value mask = g.unsqueeze(g.cast(masks.get(0), tokens.element()), 2);
        return g.div(g.sum(g.mul(tokens, mask), 1), g.sum(mask, 1));
    }

    /** Weights of the source where it has them; the others as their initializers start them. */
    private Map<String, Tensor> weights(Graph network, Set<String> drawn, long seed) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        SplittableRandom random = new SplittableRandom(seed);
        network.parameters().forEach((name, parameter) -> {
            Tensor known = source.weights().get(name);
            if (known != null && !drawn.contains(name)) {
                weights.put(name, known);
                return;
            }
            Tensor tensor = Tensor.allocate(
                    parameter.value().element(), parameter.value().type().shape());
            float[] values = new float[tensor.size()];
            parameter.initializer().fill(values, tensor.shape(), random);
            tensor.floats().put(values);
            weights.put(name, tensor);
        });
        return weights;
    }
}

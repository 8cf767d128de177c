package org.menagerie.graph.transfer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.Dim;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Node;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.operator.Window;
import org.menagerie.spi.ElementType;

/**
 * A classifier of pictures of one size as a network that answers for every window of a larger picture in one pass: linear
 * layers over a map become convolutions, global pools become pools of the map's size (Sermanet 2013, section 3.5).
 *
 * <p>The network answers {@code [N,classes,rows,columns]}: row i and column j are the window that begins {@code i·stride}
 * and {@code j·stride} pixels down and right. The answers equal those for the windows' pixels alone if no layer pads its
 * input. Where one does, a window sees its neighbours where the pixels alone see padding.
 *
 * @param graph the network, whose parameters are the classifier's
 * @param stride pixels between neighbouring windows along both axes
 * @param padding the layers that pad their input, in words; empty where the pass is exact
 */
public record SlidingPass(Graph graph, int stride, List<String> padding) {
    /** Operators that treat all positions of a map alike. */
    private static final Set<String> EACH = Set.of(
            "Relu",
            "LeakyRelu",
            "PRelu",
            "Elu",
            "Selu",
            "Celu",
            "Tanh",
            "Sigmoid",
            "HardSigmoid",
            "HardSwish",
            "Softplus",
            "Softsign",
            "Erf",
            "Clip",
            "Identity",
            "Dropout",
            "BatchNormalization",
            "LRN",
            "Abs",
            "Neg",
            "Exp",
            "Sqrt");

    private static final Set<String> PAIRS = Set.of("Add", "Sub", "Mul", "Div");

    public SlidingPass {
        padding = List.copyOf(padding);
    }

    /** True if each window's answer is that of its pixels alone. */
    public boolean isExact() {
        return padding.isEmpty();
    }

    /**
     * Makes the pass.
     *
     * @param output the classifier's output, {@code [N,classes]}
     * @throws GraphException if a layer works on a whole picture in another way than those named above
     */
    public static SlidingPass of(Graph classifier, String output) {
        Graph graph = classifier.prunedTo(Map.of(output, classifier.output(output)));
        if (graph.inputs().size() != 1 || graph.inputs().get(0).rank() != 4) {
            throw new GraphException("'%s' takes %s; a sliding pass needs one input [N,C,height,width]"
                    .formatted(graph.name(), graph.inputs()));
        }
        return new Walk(graph).pass(output);
    }

    /** A value of the pass: pixels between its positions, and the extents that it has for one window. */
    private record Sliding(Value value, int stride, long height, long width) {
        Sliding with(Value other) {
            return new Sliding(other, stride, height, width);
        }
    }

    private static final class Walk {
        private final Graph graph;
        private final GraphBuilder g;
        private final Map<Value, Sliding> sliding = new HashMap<>();
        private final Map<Value, Value> fixed = new HashMap<>();
        private final List<String> padding = new ArrayList<>();

        Walk(Graph graph) {
            this.graph = graph;
            this.g = new GraphBuilder(graph.name(), Mode.INFERENCE);
        }

        SlidingPass pass(String output) {
            Value input = graph.inputs().get(0);
            TensorType any = new TensorType(
                    input.element(), List.of(Dim.symbol("N"), input.dim(1), Dim.symbol("H"), Dim.symbol("W")));
            sliding.put(
                    input,
                    new Sliding(
                            g.input(input.name(), any),
                            1,
                            input.dim(2).value(),
                            input.dim(3).value()));
            graph.parameters()
                    .forEach((name, parameter) -> fixed.put(
                            parameter.value(),
                            parameter.trainable()
                                    ? g.parameter(name, parameter.value().type(), parameter.initializer())
                                    : g.buffer(name, parameter.value().type(), parameter.initializer())));
            graph.nodes().forEach(this::add);
            Sliding answer = sliding.get(graph.output(output));
            if (answer == null || answer.height() != 1 || answer.width() != 1) {
                throw new GraphException("Output '%s' of '%s' is %s; a sliding pass needs scores [N,classes]"
                        .formatted(output, graph.name(), graph.output(output).type()));
            }
            g.output(output, answer.value());
            return new SlidingPass(g.build(), answer.stride(), padding);
        }

        private void add(Node node) {
            if (node.inputs().stream().noneMatch(input -> input != null && sliding.containsKey(input))) {
                List<@Nullable Value> inputs = new ArrayList<>();
                node.inputs().forEach(input -> inputs.add(input == null ? null : still(input)));
                List<Value> outputs = g.emit(
                        node.domain(),
                        node.op(),
                        node.attributes(),
                        node.outputs().size(),
                        inputs);
                for (int i = 0; i < outputs.size(); i++) {
                    fixed.put(node.out(i), outputs.get(i));
                }
                return;
            }
            Sliding x = sliding.get(node.in(0));
            String op = node.qualifiedOp();
            Sliding result;
            if (PAIRS.contains(op)) {
                result = pair(node, op);
            } else if (x == null) {
                throw cannot(node);
            } else {
                result = switch (op) {
                    case "Conv", "MaxPool", "AveragePool" -> window(node, op, x);
                    case "GlobalAveragePool" -> global("AveragePool", x);
                    case "GlobalMaxPool" -> global("MaxPool", x);
                    case "ReduceMean" -> spatialMean(node, x);
                    case "Flatten", "Reshape", "Squeeze" -> vector(node, x);
                    case "Gemm", "MatMul" -> linear(node, op, x);
                    case "Softmax", "LogSoftmax" -> softmax(node, op, x);
                    default -> EACH.contains(op) ? x.with(each(node, op, x)) : null;
                };
            }
            if (result == null) {
                throw cannot(node);
            }
            sliding.put(node.out(), result);
        }

        /** A value that does not depend on the picture. */
        private Value still(Value value) {
            return fixed.computeIfAbsent(value, v -> g.constant(v.constant().orElseThrow()));
        }

        private Value each(Node node, String op, Sliding x) {
            List<@Nullable Value> inputs = new ArrayList<>();
            for (int i = 0; i < node.inputs().size(); i++) {
                inputs.add(i == 0 ? x.value() : node.has(i) ? still(node.in(i)) : null);
            }
            return g.emit("", op, node.attributes(), 1, inputs).get(0);
        }

        private @Nullable Sliding window(Node node, String op, Sliding x) {
            Attributes attributes = node.attributes();
            Window window = Window.of(
                    attributes,
                    node.has(1)
                            ? new long[] {
                                node.in(1).dim(2).value(), node.in(1).dim(3).value()
                            }
                            : attributes.getInts("kernel_shape"));
            if (window.ceil() || window.axes() != 2 || window.strides()[0] != window.strides()[1]) {
                return null;
            }
            boolean pads = window.autoPad().startsWith("SAME");
            for (long pad : window.pads()) {
                pads |= pad != 0;
            }
            if (pads) {
                padding.add("%s '%s'".formatted(op, node.name()));
            }
            if (window.autoPad().startsWith("SAME")) {
                // Resolved for the window: for a larger picture the same words could mean other zeros.
                attributes = attributes
                        .without("auto_pad")
                        .with("pads", window.padsFor(node.in(0).type().dims().subList(2, 4)));
            }
            List<@Nullable Value> inputs = new ArrayList<>(List.of(x.value()));
            for (int i = 1; i < node.inputs().size(); i++) {
                inputs.add(node.has(i) ? still(node.in(i)) : null);
            }
            Value map = g.emit("", op, attributes, 1, inputs).get(0);
            return new Sliding(
                    map,
                    x.stride() * (int) window.strides()[0],
                    node.out().dim(2).value(),
                    node.out().dim(3).value());
        }

        private Sliding global(String op, Sliding x) {
            Attributes kernel = Attributes.of("kernel_shape", new long[] {x.height(), x.width()});
            return new Sliding(g.op(op, kernel, x.value()), x.stride(), 1, 1);
        }

        private @Nullable Sliding spatialMean(Node node, Sliding x) {
            long[] axes = node.attributes().getInts("axes");
            boolean spatial = axes.length == 2 && Set.of(axes[0], axes[1]).equals(Set.of(2L, 3L));
            return spatial ? global("AveragePool", x) : null;
        }

        /** All numbers of a window as one vector: the map stays, and the linear layer after it takes it as a whole. */
        private @Nullable Sliding vector(Node node, Sliding x) {
            TensorType type = node.out().type();
            boolean flat =
                    type.rank() == 2 && type.dim(1).equals(x.value().dim(1).times(x.height() * x.width()));
            return flat ? x : null;
        }

        private @Nullable Sliding linear(Node node, String op, Sliding x) {
            Attributes attributes = node.attributes();
            boolean gemm = op.equals("Gemm");
            boolean plain = !gemm || (!attributes.getFlag("transA") && attributes.getFloat("alpha", 1) == 1);
            boolean biased = gemm && node.has(2);
            if (node.out().rank() != 2 || !plain) {
                return null;
            }
            if (biased && (attributes.getFloat("beta", 1) != 1 || node.in(2).rank() != 1)) {
                return null;
            }
            Value weight = still(node.in(1));
            boolean transposed = gemm && attributes.getFlag("transB");
            Value rows = transposed ? weight : g.transpose(weight, 1, 0);
            long channels = x.value().dim(1).value();
            Value kernel = g.reshape(rows, node.out().dim(1).value(), channels, x.height(), x.width());
            Value bias = biased ? still(node.in(2)) : null;
            Attributes shape = Attributes.of("kernel_shape", new long[] {x.height(), x.width()});
            return new Sliding(g.op("Conv", shape, x.value(), kernel, bias), x.stride(), 1, 1);
        }

        private @Nullable Sliding softmax(Node node, String op, Sliding x) {
            long axis = node.attributes().getInt("axis", -1);
            boolean second = axis == 1 || (axis == -1 && node.out().rank() == 2);
            boolean classes = second && x.height() == 1 && x.width() == 1;
            return classes ? x.with(g.op(op, Attributes.of("axis", 1), x.value())) : null;
        }

        /** Two maps position by position, or a map and numbers that are the same everywhere. */
        private @Nullable Sliding pair(Node node, String op) {
            Sliding a = sliding.get(node.in(0));
            Sliding b = sliding.get(node.in(1));
            if (a != null && b != null) {
                boolean alike = a.stride() == b.stride() && a.height() == b.height() && a.width() == b.width();
                return alike ? a.with(g.op(op, a.value(), b.value())) : null;
            }
            Sliding x = Objects.requireNonNull(a == null ? b : a);
            Value other = everywhere(
                    still(a == null ? node.in(0) : node.in(1)), node.out().rank());
            if (other == null) {
                return null;
            }
            return x.with(a == null ? g.op(op, other, x.value()) : g.op(op, x.value(), other));
        }

        /** Numbers by channel, or one number, in the shape in which they meet a map; null for anything else. */
        private @Nullable Value everywhere(Value numbers, int rank) {
            if (!numbers.type().isFixed() || numbers.element() != ElementType.FLOAT32) {
                return null;
            }
            if (numbers.type().size().is(1)) {
                return g.reshape(numbers, 1, 1, 1, 1);
            }
            int channels = rank == 2 ? numbers.rank() - 1 : numbers.rank() - 3;
            boolean byChannel = channels >= 0 && numbers.type().size().equals(numbers.dim(channels));
            return byChannel ? g.reshape(numbers, 1, -1, 1, 1) : null;
        }

        private static GraphException cannot(Node node) {
            return new GraphException(
                    "%s cannot slide over a larger picture: only layers that treat all positions alike, linear layers and global pools can"
                            .formatted(node));
        }
    }
}

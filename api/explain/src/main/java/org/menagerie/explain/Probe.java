package org.menagerie.explain;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.Gradients;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.graph.transfer.Rebuilt;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.CallScope;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * Runs a network on variants of one input, several at once where the network can, and gives the target's score and its gradient.
 * Each kind of run is one ONNX graph, made when it is first asked for. Not thread-safe.
 */
public final class Probe implements AutoCloseable {
    private static final String SCORE = "explained_score";
    private static final String SLOPE = "explained_slope";
    private static final String ACTIVATION = "explained_activation";

    /** So many numbers of input are run at once at most. */
    private static final int MOST_NUMBERS = 1 << 20;

    private static final int MOST_ITEMS = 64;

    /** Identifies a kind of run: the score alone, or with its slope at the input or at a layer. */
    private record Key(
            @Nullable Backward backward, @Nullable Value layer) {}

    /** Receives what was found for one variant. */
    @FunctionalInterface
    public interface SlopeVisitor {
        void visit(int index, double score, float[] slope);
    }

    /** Receives the score of one variant. */
    @FunctionalInterface
    public interface ScoreVisitor {
        void visit(int index, double score);
    }

    /** Writes a variant of the input. */
    @FunctionalInterface
    public interface Variant {
        void write(int index, float[] into);
    }

    /**
     * A layer of one input.
     *
     * @param activation what the layer computes
     * @param slope the target's gradient with respect to it
     */
    public record AtLayer(String layer, Tensor activation, Tensor slope) {}

    private final NetworkGraph network;
    private final Subject subject;
    private final Target target;
    private final @Nullable Value layer;
    private final SessionOptions options;
    private final Progress progress;
    private final Map<Key, OnnxSession> sessions = new HashMap<>();
    private boolean batched = true;

    Probe(
            NetworkGraph network,
            Subject subject,
            Target target,
            @Nullable Value layer,
            SessionOptions options,
            Progress progress) {
        this.network = network;
        this.subject = subject;
        this.target = target;
        this.layer = layer;
        this.options = options;
        this.progress = progress;
    }

    /** The network. */
    public NetworkGraph network() {
        return network;
    }

    /** The input that is explained, as the network gets it. */
    public Tensor input() {
        return subject.input();
    }

    /** How a picture lies in the input; empty if it is not a picture. */
    public Optional<PictureLayout> layout() {
        return subject.layout();
    }

    /** An input of the same shape that shows nothing. */
    public float[] baseline(Baseline kind) {
        return subject.baseline(kind);
    }

    /** The score of the input itself. */
    public double score() {
        double[] score = new double[1];
        float[] values = input().toFloatArray();
        scores(1, (i, into) -> System.arraycopy(values, 0, into, 0, into.length), (i, s) -> score[0] = s);
        return score[0];
    }

    /** The gradient at the input itself, by some rules. */
    public Tensor slope(Backward backward) {
        float[] values = input().toFloatArray();
        Tensor[] slope = new Tensor[1];
        slopes(
                1,
                backward,
                (i, into) -> System.arraycopy(values, 0, into, 0, into.length),
                (i, score, found) -> slope[0] = Tensor.of(found, input().shape().dims()));
        return slope[0];
    }

    /** Scores of many variants. */
    public void scores(int count, Variant variant, ScoreVisitor visitor) {
        run(new Key(null, null), count, variant, (index, score, slope) -> visitor.visit(index, score));
    }

    /** Scores and gradients of many variants. */
    public void slopes(int count, Backward backward, Variant variant, SlopeVisitor visitor) {
        run(new Key(backward, null), count, variant, visitor);
    }

    /**
     * Returns what a layer computes from the input, and the gradient there. The layer is the chosen one, or the last map if none
     * was chosen.
     *
     * @throws ZooException if the network has no map
     */
    public AtLayer atLayer() {
        return atLayer(chosenLayer());
    }

    private Value chosenLayer() {
        if (layer != null) {
            return layer;
        }
        Rebuilt rebuilt = rebuilt(false);
        Map<Value, Value> originals = new HashMap<>();
        rebuilt.copies().forEach((original, copy) -> originals.put(copy, original));
        NetworkGraph concrete =
                new NetworkGraph(network.name(), rebuilt.builder().build(), network.weights());
        return Layers.of(concrete)
                .lastMap()
                .map(found -> originals.get(found.value()))
                .orElseThrow(() -> new ZooException(
                        "Network '%s' has no layer that is a map of several pixels, which this method looks at; --layer chooses another"
                                .formatted(network.name())));
    }

    private AtLayer atLayer(Value at) {
        OnnxSession session = session(new Key(Backward.gradient(), at));
        Map<String, Tensor> outputs = session.run(feeds(session, input(), 1));
        return new AtLayer(at.name(), get(outputs, ACTIVATION), get(outputs, SLOPE));
    }

    private static Tensor get(Map<String, Tensor> outputs, String name) {
        Tensor tensor = outputs.get(name);
        if (tensor == null) {
            throw new IllegalStateException("No output " + name);
        }
        return tensor;
    }

    private void run(Key key, int count, Variant variant, SlopeVisitor visitor) {
        int size = input().size();
        int most = Math.max(1, Math.min(MOST_ITEMS, MOST_NUMBERS / size));
        float[] item = new float[size];
        long[] dims = input().shape().dims();
        for (int from = 0; from < count; ) {
            CallScope.current().check();
            OnnxSession session = session(key);
            int items = batched ? Math.min(most, count - from) : 1;
            dims[0] = batched ? items : dims[0];
            Tensor batch = Tensor.allocate(ElementType.FLOAT32, dims);
            FloatBuffer into = batch.floats();
            for (int i = 0; i < items; i++) {
                variant.write(from + i, item);
                into.put(item);
            }
            Map<String, Tensor> outputs;
            try {
                outputs = session.run(feeds(session, batch, items));
            } catch (ZooException e) {
                if (!batched || items == 1) {
                    throw e;
                }
                single(); // The file has a batch of one built in where inference could not see it.
                dims[0] = input().shape().dim(0);
                continue;
            }
            FloatBuffer scores = get(outputs, SCORE).floats();
            FloatBuffer slopes =
                    key.backward() == null ? null : get(outputs, SLOPE).floats();
            for (int i = 0; i < items; i++) {
                float[] slope = new float[slopes == null ? 0 : size];
                if (slopes != null) {
                    slopes.get(slope);
                }
                visitor.visit(from + i, scores.get(), slope);
            }
            from += items;
            progress.done(from, count);
        }
    }

    private Map<String, Tensor> feeds(OnnxSession session, Tensor batch, int items) {
        Map<String, Tensor> feeds = new LinkedHashMap<>();
        session.inputs().forEach(input -> {
            String name = input.name();
            feeds.put(
                    name,
                    name.equals(subject.attributed())
                            ? batch
                            : items > 1 ? repeated(subject.other(name), items) : subject.other(name));
        });
        return feeds;
    }

    private static Tensor repeated(Tensor tensor, int times) {
        if (tensor.shape().rank() == 0 || tensor.shape().dim(0) != 1) {
            return tensor;
        }
        long[] dims = tensor.shape().dims();
        dims[0] = times;
        Tensor repeated = Tensor.allocate(tensor.elementType(), dims);
        ByteBuffer into = repeated.bytes();
        for (int i = 0; i < times; i++) {
            into.put(tensor.bytes());
        }
        return repeated;
    }

    private OnnxSession session(Key key) {
        OnnxSession open = sessions.get(key);
        if (open != null) {
            return open;
        }
        OnnxSession session;
        try {
            session = OnnxSession.open(graph(key, batched), options);
        } catch (GraphException e) {
            if (!batched) {
                throw new ZooException(
                        "Network '%s' cannot be explained so: %s".formatted(network.name(), e.getMessage()), e);
            }
            single();
            return session(key);
        }
        sessions.put(key, session);
        return session;
    }

    private void single() {
        batched = false;
        close();
    }

    private byte[] graph(Key key, boolean many) {
        Rebuilt rebuilt = rebuilt(many);
        GraphBuilder g = rebuilt.builder();
        Value score = target.score(g, name -> rebuilt.copy(network.value(name)));
        Map<String, Value> outputs = new LinkedHashMap<>();
        outputs.put(SCORE, score);
        Backward backward = key.backward();
        if (backward != null) {
            Value at = rebuilt.copy(key.layer() == null ? network.value(subject.attributed()) : key.layer());
            Value start = backward.fromScore() ? score : g.fullLike(score, 1);
            List<Value> slopes = Gradients.of(g, score, start, List.of(at), backward.rules());
            outputs.put(SLOPE, g.identity(slopes.get(0)));
            if (key.layer() != null) {
                outputs.put(ACTIVATION, g.identity(at));
            }
        }
        if (many && !(score.isTyped() && score.rank() == 1 && score.dim(0).equals(Rebuilt.BATCH))) {
            throw new GraphException("The network answers for one item at a time");
        }
        Graph graph = g.build().prunedTo(outputs);
        return OnnxWriter.toBytes(graph, network.weights(), Map.of());
    }

    /** The network for inputs of this size. */
    private Rebuilt rebuilt(boolean many) {
        Map<Value, TensorType> types = new HashMap<>();
        List<Value> inputs = new ArrayList<>(network.graph().inputs());
        Value attributed = network.value(subject.attributed());
        if (!inputs.contains(attributed)) {
            inputs.add(attributed);
        }
        for (Value input : inputs) {
            Optional<Tensor> fed = input.equals(attributed) ? Optional.of(input()) : subject.find(input.name());
            fed.ifPresent(tensor -> {
                TensorType type = TensorType.of(tensor.elementType(), tensor.shape());
                types.put(input, many && type.rank() > 0 && type.dim(0).is(1) ? type.withDim(0, Rebuilt.BATCH) : type);
            });
        }
        return Rebuilt.of(network.graph(), types);
    }

    @Override
    public void close() {
        sessions.values().forEach(OnnxSession::close);
        sessions.clear();
    }
}

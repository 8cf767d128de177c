package org.menagerie.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.menagerie.spi.CallScope;
import org.menagerie.spi.CancelledException;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * The part of an {@link OnnxSession} that deals with ONNX Runtime: runs, and closing once they have ended. Tensors were
 * checked before. The class cannot be linked without ONNX Runtime on the class path; {@code OnnxSession} can, so that it
 * says what is missing.
 */
final class NativeSession {
    private final String what;
    private final LoadedGraph graph;
    private final Signature signature;
    private final AtomicBoolean profiling;
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
    private boolean closed;

    /** Whether outputs have come out in the shapes that the graph declares; some published graphs declare others. */
    private volatile boolean declaredShapesHold = true;

    private NativeSession(String what, LoadedGraph graph, Signature signature, boolean profiling) {
        this.what = what;
        this.graph = graph;
        this.signature = signature;
        this.profiling = new AtomicBoolean(profiling);
    }

    static NativeSession open(String what, Path file, SessionOptions options) {
        String path = file.toAbsolutePath().toString();
        return open(what, settings -> Ort.environment().createSession(path, settings), options);
    }

    static NativeSession open(String what, byte[] model, SessionOptions options) {
        return open(what, settings -> Ort.environment().createSession(model, settings), options);
    }

    private static NativeSession open(String what, LoadedGraph.Source source, SessionOptions options) {
        Ort.environment(); // before any other class of ONNX Runtime, which would load its libraries its own way
        LoadedGraph graph = LoadedGraph.load(what, source, options);
        try {
            return new NativeSession(what, graph, Signature.of(what, graph.session()), options.profiling());
        } catch (OrtException | RuntimeException e) {
            graph.close();
            throw e instanceof RuntimeException known
                    ? known
                    : new ZooException(what + " cannot be inspected: " + e, e);
        }
    }

    Signature signature() {
        return signature;
    }

    Device device() {
        return graph.device();
    }

    Map<String, String> metadata() {
        return whileOpen(() -> Map.copyOf(graph.session().getMetadata().getCustomMetadata()));
    }

    /** Runs the graph on tensors that fit it. */
    Map<String, Tensor> run(Map<String, PinnedTensor> inputs, Map<String, PinnedTensor> outputs, Set<String> returned) {
        return whileOpen(() -> runReturning(inputs, outputs, returned));
    }

    /**
     * Runs the graph. A returned output whose shape the graph's declaration tells beforehand is written straight into
     * the tensor that is returned; any other is copied out of the runtime's memory.
     */
    private Map<String, Tensor> runReturning(
            Map<String, PinnedTensor> inputs, Map<String, PinnedTensor> outputs, Set<String> returned)
            throws OrtException {
        CallScope.current().check();
        try (Pins foretold = new Pins()) {
            if (declaredShapesHold) {
                for (String name : returned) {
                    signature.foretell(name, inputs).ifPresent(tensor -> foretold.add(name, tensor));
                }
            }
            try {
                return runInto(inputs, outputs, foretold.byName(), returned);
            } catch (OrtException e) {
                if (foretold.byName().isEmpty()) {
                    throw e;
                }
                CallScope.current().check();
                Map<String, Tensor> results = runInto(inputs, outputs, Map.of(), returned);
                declaredShapesHold = false;
                return results;
            }
        }
    }

    private Map<String, Tensor> runInto(
            Map<String, PinnedTensor> inputs,
            Map<String, PinnedTensor> outputs,
            Map<String, PinnedTensor> foretold,
            Set<String> returned)
            throws OrtException {
        Map<String, OnnxTensor> read = new HashMap<>(2 * inputs.size());
        inputs.forEach((name, pinned) -> read.put(name, pinned.value()));
        Map<String, OnnxTensor> written = new HashMap<>(2 * (outputs.size() + foretold.size()));
        outputs.forEach((name, pinned) -> written.put(name, pinned.value()));
        foretold.forEach((name, pinned) -> written.put(name, pinned.value()));
        Set<String> copied = new LinkedHashSet<>(returned);
        copied.removeAll(foretold.keySet());
        Map<String, Tensor> results = new LinkedHashMap<>();
        OrtSession.RunOptions options = new OrtSession.RunOptions();
        try (NativeCalls.NativeCall call = NativeCalls.begin(options);
                OrtSession.Result result = stoppable(call, () -> graph.session().run(read, copied, written, options))) {
            for (String name : returned) {
                PinnedTensor pinned = foretold.get(name);
                results.put(
                        name,
                        pinned != null
                                ? pinned.tensor()
                                : OrtTensors.copy(name, result.get(name).orElseThrow()));
            }
        }
        return results;
    }

    /** A run that was told to stop fails for the reason why it was. */
    private static OrtSession.Result stoppable(NativeCalls.NativeCall call, NativeCall<OrtSession.Result> run)
            throws OrtException {
        try {
            return run.call();
        } catch (OrtException e) {
            if (call.wasStopped()) {
                CallScope.current().check();
                throw new CancelledException("The run was stopped because the program is ending", e);
            }
            throw e;
        }
    }

    Path endProfiling() {
        return whileOpen(() -> {
            if (!profiling.compareAndSet(true, false)) {
                throw new IllegalStateException(what + " is not being profiled; open it with profiling");
            }
            return Path.of(graph.session().endProfiling());
        });
    }

    void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                graph.close();
            }
        } finally {
            use.writeLock().unlock();
        }
    }

    private interface NativeCall<T> {
        T call() throws OrtException;
    }

    private <T> T whileOpen(NativeCall<T> action) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException(what + " was closed");
            }
            return action.call();
        } catch (OrtException e) {
            throw new ZooException("%s failed to run: %s".formatted(what, Ort.reason(e)), e);
        } finally {
            use.readLock().unlock();
        }
    }
}

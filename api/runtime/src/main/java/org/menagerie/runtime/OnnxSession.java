package org.menagerie.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.menagerie.spi.CallScope;
import org.menagerie.spi.CancelledException;
import org.menagerie.spi.DeviceUnavailableException;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Network;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * An ONNX graph loaded into ONNX Runtime.
 *
 * <p><b>Threads.</b> A session is shared: any number of threads may run it at once, each run with buffers of its own for
 * what it writes. {@link #close()} waits for the runs under way; whoever calls later gets an
 * {@link IllegalStateException}. A run ends with a {@link CancelledException} before its next operator if its thread is
 * interrupted, and with a {@link org.menagerie.spi.DeadlineException} if the time of its {@link CallScope} is over.
 *
 * <p><b>Ownership.</b> Inputs are read where they are, without a copy, and must not change until the run returns;
 * afterwards the session holds no reference to them. Tensors that a run returns belong to the caller, are never written
 * again by the session, and are freed by the garbage collector. Outputs that the caller passes are written in place; no
 * output may share memory with an input or another output. After a run that failed their content is undefined.
 *
 * <p>On CUDA the buffers stay in host memory and the runtime copies them to and from the device.
 */
public final class OnnxSession implements Network {
    private final NativeSession session;
    private final Signature signature;

    private OnnxSession(NativeSession session) {
        this.session = session;
        this.signature = session.signature();
    }

    /**
     * Loads a model file; external data is read from the file's folder.
     *
     * @throws ZooException if the file is missing, damaged, or not a graph over tensors
     * @throws DeviceUnavailableException if CUDA was asked for and cannot be used
     */
    public static OnnxSession open(Path file, SessionOptions options) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ZooException("Model file %s %s"
                    .formatted(file, Files.exists(file) ? "is not a readable file" : "does not exist"));
        }
        OnnxFile.read(file).requireInside("Model file " + file);
        OrtClasses.require();
        return new OnnxSession(NativeSession.open("Model file " + file, file, options));
    }

    /**
     * Loads a model from the bytes of its file. The array is not kept.
     *
     * @throws ZooException if the bytes are damaged or not a graph over tensors, or if the model has external data, which
     *     could only be looked for in the process's working folder
     * @throws DeviceUnavailableException if CUDA was asked for and cannot be used
     */
    public static OnnxSession open(byte[] model, SessionOptions options) {
        String what = "The model of %,d bytes".formatted(model.length);
        OnnxFile.read(model).requireNone(what);
        OrtClasses.require();
        return new OnnxSession(NativeSession.open(what, model, options));
    }

    @Override
    public List<TensorInfo> inputs() {
        return signature.inputs();
    }

    @Override
    public List<TensorInfo> outputs() {
        return signature.outputs();
    }

    @Override
    public String device() {
        return session.device().toString();
    }

    /** The graph's {@code metadata_props}: its provenance, where its exporter wrote one. */
    public Map<String, String> metadata() {
        return session.metadata();
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
        return run(inputs, signature.outputNames());
    }

    /**
     * Runs the graph for some of its outputs; nodes that none of them needs are not executed.
     *
     * @return a tensor for each name in {@code outputs}, owned by the caller
     * @throws InvalidInputException if an input is missing, unknown, or of another type or shape, or an output unknown
     */
    public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs) {
        try (Pins pins = new Pins()) {
            inputs.forEach(pins::addInput);
            return runPinned(pins.byName(), Map.of(), outputs);
        }
    }

    /**
     * Runs the graph and writes outputs into buffers of the caller.
     *
     * @param inputs a tensor for each input
     * @param outputs a tensor of the right type and shape for each output that is wanted, at least one
     * @throws InvalidInputException if an input is missing, unknown, or of another type or shape; if an output is
     *     unknown, of another type or shape, or shares memory with an input or another output
     */
    @Override
    public void run(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
        try (Pins read = new Pins();
                Pins written = new Pins()) {
            inputs.forEach(read::addInput);
            outputs.forEach(written::add);
            runPinned(read.byName(), written.byName());
        }
    }

    /**
     * Makes a tensor known to ONNX Runtime for many runs; the caller closes it.
     *
     * @throws InvalidInputException if ONNX Runtime's Java API has no such element type (unsigned, over eight bits)
     */
    public PinnedTensor pin(Tensor tensor) {
        return new PinnedTensor(tensor);
    }

    /**
     * Runs the graph on pinned tensors: nothing is allocated for them.
     *
     * @param inputs a tensor for each input
     * @param outputs a tensor of the right type and shape for each output that is wanted, at least one
     * @throws InvalidInputException as {@link #run(Map, Map)}
     */
    public void runPinned(Map<String, PinnedTensor> inputs, Map<String, PinnedTensor> outputs) {
        runPinned(inputs, outputs, Set.of());
    }

    /**
     * Runs the graph on pinned tensors, and returns further outputs, whose shapes may change from run to run.
     *
     * @param inputs a tensor for each input
     * @param outputs where to write outputs, by name
     * @param returned names of outputs to return, none of them in {@code outputs}
     * @return a tensor for each name in {@code returned}, owned by the caller
     * @throws InvalidInputException as {@link #run(Map, Map)}
     */
    public Map<String, Tensor> runPinned(
            Map<String, PinnedTensor> inputs, Map<String, PinnedTensor> outputs, Set<String> returned) {
        signature.checkInputNames(inputs.keySet());
        signature.checkOutputNames(returned);
        inputs.forEach((name, pinned) -> signature.checkInput(name, pinned.tensor()));
        outputs.forEach((name, pinned) -> {
            signature.checkOutput(name, pinned.tensor());
            if (returned.contains(name)) {
                throw new InvalidInputException("Output '%s' is to be both written and returned".formatted(name));
            }
        });
        if (outputs.isEmpty() && returned.isEmpty()) {
            throw new InvalidInputException("A run needs at least one output; the network has " + outputs());
        }
        MemoryRange.requireDisjoint(inputs, outputs);
        return session.run(inputs, outputs, returned);
    }

    /**
     * Ends the recording that {@link SessionOptions#profiling()} began.
     *
     * @return the file with the times, in the format of Chrome's trace viewer
     * @throws IllegalStateException if the session does not record, or no longer
     */
    public Path endProfiling() {
        return session.endProfiling();
    }

    /** Frees the native session once the runs under way have ended. Idempotent. */
    @Override
    public void close() {
        session.close();
    }
}

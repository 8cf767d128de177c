package org.menagerie.runtime;

import ai.onnxruntime.OnnxTensor;
import org.menagerie.spi.Tensor;

/**
 * A tensor that stays known to ONNX Runtime, so that a loop of runs over the same buffers makes nothing anew.
 *
 * <p>It holds a small native object over the tensor's own memory, not a copy: what is written to the tensor is what the
 * next run reads, and an output is in the tensor when the run returns. It serves any session of this process. Whoever
 * pinned it closes it, after the last run that uses it has returned; the tensor lives on.
 */
public final class PinnedTensor implements AutoCloseable {
    private final Tensor tensor;
    private final MemoryRange memory;
    private final OnnxTensor value;

    PinnedTensor(Tensor tensor) {
        this(tensor, OrtTensors.wrap(tensor));
    }

    private PinnedTensor(Tensor tensor, OnnxTensor value) {
        this.tensor = tensor;
        this.memory = MemoryRange.of(tensor);
        this.value = value;
    }

    /** An input of one run: of any element type, and perhaps a copy. */
    static PinnedTensor forOneRun(Tensor tensor) {
        return new PinnedTensor(tensor, OrtTensors.forReading(tensor));
    }

    /** The tensor whose memory this is. */
    public Tensor tensor() {
        return tensor;
    }

    MemoryRange memory() {
        return memory;
    }

    /** ONNX Runtime's view of it. */
    OnnxTensor value() {
        if (value.isClosed()) {
            throw new IllegalStateException("The pinned tensor %s was closed".formatted(tensor));
        }
        return value;
    }

    /** Frees the native object. Idempotent; not while a run uses it. */
    @Override
    public void close() {
        synchronized (value) {
            if (!value.isClosed()) {
                value.close();
            }
        }
    }
}

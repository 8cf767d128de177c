package org.menagerie.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.menagerie.spi.Tensor;

/** Tensors pinned for one run. */
final class Pins implements AutoCloseable {
    private final Map<String, PinnedTensor> byName = new LinkedHashMap<>();

    void add(String name, Tensor tensor) {
        byName.put(name, new PinnedTensor(tensor));
    }

    /** Adds an input, which the run only reads. */
    void addInput(String name, Tensor tensor) {
        byName.put(name, PinnedTensor.forOneRun(tensor));
    }

    Map<String, PinnedTensor> byName() {
        return byName;
    }

    @Override
    public void close() {
        byName.values().forEach(PinnedTensor::close);
    }
}

package org.menagerie.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.menagerie.graph.Parameter;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.PinnedTensor;
import org.menagerie.spi.Tensor;

/**
 * Parameters and optimizer state between the steps of a training. What a step changes lives in two banks of buffers: a run reads
 * one and writes the other, then they change places; nothing is allocated and no tensor is copied. For one thread at a time.
 */
final class StateBanks implements AutoCloseable {
    private final Map<String, String> next;
    private final Set<String> names;
    private final Map<String, PinnedTensor> fixed = new HashMap<>();
    private final Map<String, Tensor> unused = new HashMap<>();
    private Map<String, PinnedTensor> current = new LinkedHashMap<>();
    private Map<String, PinnedTensor> other = new LinkedHashMap<>();

    /**
     * @param session any one of those that will read and write the state
     * @param all the parameters and state
     * @param next for each that a step changes: the output with its new value
     * @param read the names of those that the graphs read
     * @param state a tensor for each of {@code all}; copied
     */
    StateBanks(
            OnnxSession session,
            Map<String, Parameter> all,
            Map<String, String> next,
            Set<String> read,
            Map<String, Tensor> state) {
        this.next = next;
        this.names = all.keySet();
        Parameter.tensors(all, state).forEach((name, given) -> {
            Tensor tensor = given.copy();
            if (next.containsKey(name)) {
                current.put(name, session.pin(tensor));
                other.put(name, session.pin(Tensor.allocate(tensor.elementType(), tensor.shape())));
            } else if (read.contains(name)) {
                fixed.put(name, session.pin(tensor));
            } else {
                unused.put(name, tensor);
            }
        });
    }

    /** What graphs of these parameters read, by name. */
    Map<String, PinnedTensor> read(Set<String> parameters) {
        Map<String, PinnedTensor> inputs = new HashMap<>();
        parameters.forEach(name -> inputs.put(name, now(name)));
        return inputs;
    }

    private PinnedTensor now(String name) {
        return Weights.in(current.containsKey(name) ? current : fixed, name);
    }

    /** Where the next values are written, by the names of the outputs. */
    Map<String, PinnedTensor> written() {
        Map<String, PinnedTensor> outputs = new HashMap<>();
        other.forEach((name, pinned) -> outputs.put(Weights.in(next, name), pinned));
        return outputs;
    }

    /** Makes what was written current. */
    void swap() {
        Map<String, PinnedTensor> written = other;
        other = current;
        current = written;
    }

    /** The state as it is now; the tensors change with the next steps. */
    Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (String name : names) {
            Tensor tensor = unused.get(name);
            state.put(name, tensor == null ? now(name).tensor() : tensor);
        }
        return state;
    }

    @Override
    public void close() {
        List<PinnedTensor> pinned = new ArrayList<>(fixed.values());
        pinned.addAll(current.values());
        pinned.addAll(other.values());
        pinned.forEach(PinnedTensor::close);
    }
}

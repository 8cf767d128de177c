package org.menagerie.spi;

import java.util.List;
import java.util.Map;

/** A loaded ONNX graph: named tensors in, named tensors out. Thread-safe; {@link #close()} waits for runs under way. */
public interface Network extends AutoCloseable {
    /**
     * Runs the graph once.
     *
     * @param inputs a tensor for each of {@link #inputs()}
     * @return a tensor for each of {@link #outputs()}, owned by the caller
     * @throws InvalidInputException if an input is missing, unknown, or of another element type or rank
     */
    Map<String, Tensor> run(Map<String, Tensor> inputs);

    /**
     * Runs the graph once and writes outputs into tensors of the caller.
     *
     * @param outputs a tensor of the right type and shape for each output that is wanted; none shares memory with an input
     * @throws InvalidInputException as {@link #run(Map)}, or if an output is unknown or of another type or shape
     */
    default void run(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
        Map<String, Tensor> results = run(inputs);
        outputs.forEach((name, tensor) -> {
            Tensor result = results.get(name);
            if (result == null
                    || result.elementType() != tensor.elementType()
                    || !result.shape().equals(tensor.shape())) {
                throw new InvalidInputException("Output '%s' was to be %s; the network has %s %s"
                        .formatted(name, tensor, result == null ? outputs() : name, result == null ? "" : result));
            }
            tensor.bytes().put(result.bytes());
        });
    }

    List<TensorInfo> inputs();

    List<TensorInfo> outputs();

    /** Where it runs, for example {@code cpu} or {@code cuda:0}. */
    String device();

    @Override
    void close();

    /**
     * An input or output as the graph declares it.
     *
     * @param name its name in the graph
     * @param elementType its element type
     * @param dims an extent as digits, or the name of a symbolic dimension, for each axis
     */
    record TensorInfo(String name, ElementType elementType, List<String> dims) {
        public TensorInfo {
            dims = List.copyOf(dims);
        }

        /** For example {@code image f32[N,1,28,28]}. */
        @Override
        public String toString() {
            return name + " " + elementType.shortName() + "[" + String.join(",", dims) + "]";
        }
    }
}

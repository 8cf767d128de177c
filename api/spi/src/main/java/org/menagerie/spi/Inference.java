package org.menagerie.spi;

import java.util.Map;

/**
 * The outcome of running a network on a prepared batch, and the network itself for decoders that call it again.
 *
 * @param outputs the network's outputs by name
 * @param network the network that gave them
 */
public record Inference(Map<String, Tensor> outputs, Network network) {
    public Inference {
        outputs = Map.copyOf(outputs);
    }

    /** The output with a name. */
    public Tensor output(String name) {
        Tensor tensor = outputs.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "The network has no output '%s'; it has %s".formatted(name, outputs.keySet()));
        }
        return tensor;
    }
}

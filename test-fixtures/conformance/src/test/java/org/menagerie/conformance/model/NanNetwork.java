package org.menagerie.conformance.model;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Network;
import org.menagerie.spi.Tensor;

/** A network that runs as it should and then answers NaN in every float. */
record NanNetwork(Network network) implements Network {
    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
        Map<String, Tensor> outputs = new LinkedHashMap<>(network.run(inputs));
        outputs.values().forEach(NanNetwork::fill);
        return outputs;
    }

    /** Overwrites every float with NaN. */
    static void fill(Tensor tensor) {
        if (tensor.elementType() == ElementType.FLOAT32) {
            FloatBuffer floats = tensor.floats();
            while (floats.hasRemaining()) {
                floats.put(Float.NaN);
            }
        }
    }

    @Override
    public List<TensorInfo> inputs() {
        return network.inputs();
    }

    @Override
    public List<TensorInfo> outputs() {
        return network.outputs();
    }

    @Override
    public String device() {
        return network.device();
    }

    @Override
    public void close() {
        network.close();
    }

    /** A card's files, one of whose networks is such. */
    record Files(Artifacts artifacts, String nan) implements Artifacts {
        @Override
        public Path file(String name) {
            return artifacts.file(name);
        }

        @Override
        public Network network(String name) {
            Network network = artifacts.network(name);
            return name.equals(nan) ? new NanNetwork(network) : network;
        }
    }
}

package org.menagerie.vision;

import java.util.List;
import java.util.Map;
import org.menagerie.spi.Network;
import org.menagerie.spi.Tensor;

/** For decoders that do not ask their network again. */
record NoNetwork() implements Network {
    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<TensorInfo> inputs() {
        return List.of();
    }

    @Override
    public List<TensorInfo> outputs() {
        return List.of();
    }

    @Override
    public String device() {
        return "none";
    }

    @Override
    public void close() {}
}

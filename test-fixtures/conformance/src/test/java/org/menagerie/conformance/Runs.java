package org.menagerie.conformance;

import java.util.Map;
import org.menagerie.graph.Graph;
import org.menagerie.graph.onnx.OnnxReader;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.Optimization;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Tensor;

/** Runs models on ONNX Runtime's CPU provider. */
final class Runs {
    static final SessionOptions CPU =
            SessionOptions.defaults().withDevice(Device.CPU).withThreads(1).withSpinning(false);

    private Runs() {}

    static Map<String, Tensor> run(byte[] model, Map<String, Tensor> inputs) {
        return run(model, Optimization.ALL, inputs);
    }

    static Map<String, Tensor> run(byte[] model, Optimization optimization, Map<String, Tensor> inputs) {
        try (OnnxSession session = OnnxSession.open(model, CPU.withOptimization(optimization))) {
            return session.run(inputs);
        }
    }

    /** Runs a graph whose parameters become constants. */
    static Map<String, Tensor> run(Graph graph, Map<String, Tensor> weights, Map<String, Tensor> inputs) {
        return run(OnnxWriter.toBytes(graph, weights, Map.of()), inputs);
    }

    /** The model as it is after it was read and written. */
    static byte[] rewritten(byte[] model) {
        var read = OnnxReader.read(model);
        return OnnxWriter.toBytes(read.graph(), read.weights(), read.metadata());
    }
}

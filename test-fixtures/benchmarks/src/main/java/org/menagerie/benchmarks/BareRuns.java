package org.menagerie.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.benchmarks.RecordedRuns.Run;
import org.menagerie.spi.Tensor;

/** Runs that a prediction made, made again by ONNX Runtime's own sessions on tensors that lie ready: the least it could take. */
final class BareRuns implements AutoCloseable {
    private record Step(OrtSession session, Map<String, OnnxTensor> inputs) {}

    private final Map<String, OrtSession> sessions = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    /**
     * Prepares the runs and makes each once.
     *
     * @param files the networks by name
     * @throws IllegalStateException if an output is not the recorded one
     */
    BareRuns(List<Run> runs, Map<String, Path> files, int threads) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
                settings.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
                settings.setIntraOpNumThreads(threads);
                settings.addConfigEntry("session.force_spinning_stop", "1");
                sessions.put(
                        file.getKey(), environment.createSession(file.getValue().toString(), settings));
            }
        }
        for (Run run : runs) {
            Map<String, OnnxTensor> inputs = new HashMap<>();
            for (Map.Entry<String, Tensor> input : run.inputs().entrySet()) {
                inputs.put(input.getKey(), ready(environment, input.getValue()));
            }
            OrtSession session = sessions.get(run.network());
            if (session == null) {
                throw new IllegalArgumentException("No file of the network " + run.network());
            }
            steps.add(new Step(session, inputs));
            requireEqual(session, inputs, run.outputs());
        }
    }

    private static OnnxTensor ready(OrtEnvironment environment, Tensor tensor) throws OrtException {
        long[] shape = tensor.shape().dims();
        return switch (tensor.elementType()) {
            case FLOAT32 -> OnnxTensor.createTensor(environment, tensor.floats(), shape);
            case INT64 -> OnnxTensor.createTensor(environment, tensor.longs(), shape);
            default -> throw new IllegalArgumentException("No input of these models is a " + tensor);
        };
    }

    private static void requireEqual(OrtSession session, Map<String, OnnxTensor> inputs, Map<String, Tensor> expected)
            throws OrtException {
        try (OrtSession.Result result = session.run(inputs)) {
            for (Map.Entry<String, Tensor> output : expected.entrySet()) {
                OnnxTensor found = (OnnxTensor) result.get(output.getKey()).orElseThrow();
                if (found.getByteBuffer().mismatch(output.getValue().bytes()) >= 0) {
                    throw new IllegalStateException("The bare session gives another '%s'".formatted(output.getKey()));
                }
            }
        }
    }

    int size() {
        return steps.size();
    }

    void run() {
        try {
            for (Step step : steps) {
                step.session.run(step.inputs).close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws OrtException {
        steps.forEach(step -> step.inputs.values().forEach(OnnxTensor::close));
        for (OrtSession session : sessions.values()) {
            session.close();
        }
    }
}

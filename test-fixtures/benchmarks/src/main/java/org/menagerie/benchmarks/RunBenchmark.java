package org.menagerie.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.menagerie.graph.Graph;
import org.menagerie.graph.Mode;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.PinnedTensor;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Weights;
import org.menagerie.training.data.Column;

/** What our session adds around a run: LeNet, batch 64, against ONNX Runtime's own session on a ready tensor. */
public final class RunBenchmark {
    private static final int THREADS = 2;
    private static final int BATCH = 64;

    private RunBenchmark() {}

    /** Arguments: seconds for each comparison, 10 if none. */
    public static void main(String[] arguments) throws OrtException {
        int seconds = arguments.length == 0 ? 10 : Integer.parseInt(arguments[0]);
        Graph built = LeNetWorkload.objective().graph("lenet", Mode.INFERENCE);
        Graph network = built.prunedTo(Map.of("logits", built.output("logits")));
        byte[] model = OnnxWriter.toBytes(network, Weights.initial(network.parameters(), 1), Map.of());
        Tensor image = Column.in(RandomBatches.images(BATCH, 1, 28), "image");
        SessionOptions options =
                SessionOptions.defaults().withDevice(Device.CPU).withThreads(THREADS);
        try (OnnxSession ours = OnnxSession.open(model, options);
                OrtSession.SessionOptions settings = bareSettings();
                OrtSession bare = OrtEnvironment.getEnvironment().createSession(model, settings);
                OnnxTensor ready = OnnxTensor.createTensor(
                        OrtEnvironment.getEnvironment(),
                        image.floats(),
                        image.shape().dims());
                PinnedTensor pinned = ours.pin(image);
                PinnedTensor logits = ours.pin(Tensor.allocate(image.elementType(), BATCH, 10))) {
            Map<String, OnnxTensor> readyInput = Map.of("image", ready);
            Runnable peer = () -> runBare(bare, readyInput);
            requireEqual(bare, readyInput, Column.in(ours.run(Map.of("image", image)), "logits"));
            report("run, which returns a new tensor", () -> ours.run(Map.of("image", image)), peer, seconds);
            report(
                    "run into a pinned tensor",
                    () -> ours.runPinned(Map.of("image", pinned), Map.of("logits", logits)),
                    peer,
                    seconds);
        }
    }

    static OrtSession.SessionOptions bareSettings() throws OrtException {
        OrtSession.SessionOptions settings = new OrtSession.SessionOptions();
        settings.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        settings.setIntraOpNumThreads(THREADS);
        settings.addConfigEntry("session.force_spinning_stop", "1");
        return settings;
    }

    static void runBare(OrtSession bare, Map<String, OnnxTensor> input) {
        try (OrtSession.Result result = bare.run(input)) {
            if (result.size() != 1) {
                throw new IllegalStateException("One output expected, found " + result.size());
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requireEqual(OrtSession bare, Map<String, OnnxTensor> input, Tensor found) throws OrtException {
        try (OrtSession.Result result = bare.run(input)) {
            float[] expected = ((OnnxTensor) result.get(0)).getFloatBuffer().array();
            if (!Arrays.equals(expected, found.toFloatArray())) {
                throw new IllegalStateException("The sessions give different logits");
            }
        }
    }

    private static void report(String what, Runnable ours, Runnable bare, int seconds) {
        System.out.printf(Locale.ROOT, "%s: %s%n", what, new Duel(ours, bare).fight(seconds));
    }
}

package org.menagerie.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.Gradients;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Tensor;
import org.menagerie.training.StepGraph;
import org.menagerie.training.StepRunner;
import org.menagerie.training.Weights;
import org.menagerie.training.data.Column;
import org.menagerie.training.optimizer.Adam;

/**
 * A training step with Adam against the same step in DJL with PyTorch, two threads each. Before anything is timed the
 * sides must agree on the loss and on every gradient.
 */
public final class TrainingBenchmark {
    static final double LEARNING_RATE = 1e-3;
    private static final Map<String, Supplier<Workload>> WORKLOADS = new LinkedHashMap<>();

    static {
        WORKLOADS.put("lenet", LeNetWorkload::create);
        WORKLOADS.put("resnet20", ResNetWorkload::create);
        WORKLOADS.put("unet", UnetWorkload::create);
        WORKLOADS.put("yolo", YoloWorkload::create);
        WORKLOADS.put("lstm", LstmWorkload::create);
        WORKLOADS.put("seq2seq", Seq2SeqWorkload::create);
        WORKLOADS.put("transformer", TransformerWorkload::create);
    }

    private final Workload workload;
    private final SessionOptions options;
    private final StepGraph training;
    private final Map<String, Tensor> state;

    private TrainingBenchmark(Workload workload, int threads, boolean spinning) {
        this.workload = workload;
        options = SessionOptions.defaults()
                .withDevice(Device.CPU)
                .withThreads(threads)
                .withSpinning(spinning);
        training = StepGraph.of(workload.objective(), StepGraph.Settings.of(Adam.defaults()));
        state = Weights.initial(training.all(), 11);
    }

    /**
     * Arguments: the names of workloads (all without any), {@code --seconds N} for each, {@code --threads N} of each
     * side, {@code --no-spinning} of our threads, {@code --profile} for our side alone, {@code --row} for figures that {@link
     * TrainingTable} reads.
     */
    public static void main(String[] arguments) {
        List<String> names = new ArrayList<>();
        int seconds = 20;
        int threads = 2;
        boolean spinning = true;
        boolean profile = false;
        boolean row = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seconds" -> seconds = Integer.parseInt(arguments[++i]);
                case "--threads" -> threads = Integer.parseInt(arguments[++i]);
                case "--no-spinning" -> spinning = false;
                case "--profile" -> profile = true;
                case "--row" -> row = true;
                default -> names.add(arguments[i]);
            }
        }
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        for (String name : names.isEmpty() ? WORKLOADS.keySet() : names) {
            Supplier<Workload> workload = WORKLOADS.get(name);
            if (workload == null) {
                throw new IllegalArgumentException(
                        "No workload '%s'; there are %s".formatted(name, WORKLOADS.keySet()));
            }
            TrainingBenchmark benchmark = new TrainingBenchmark(workload.get(), threads, spinning);
            if (profile) {
                benchmark.profile();
            } else {
                benchmark.compare(seconds, row);
            }
        }
    }

    /** The names of the workloads, in the order of the table. */
    static List<String> names() {
        return List.copyOf(WORKLOADS.keySet());
    }

    private Map<String, Tensor> network() {
        Map<String, Tensor> network = new LinkedHashMap<>(state);
        network.keySet().retainAll(training.network().keySet());
        return network;
    }

    private boolean trains(String name) {
        Parameter parameter = training.network().get(name);
        return parameter != null && parameter.trainable();
    }

    private void compare(int seconds, boolean row) {
        try (TorchStep peer = new TorchStep(workload, network(), this::trains);
                StepRunner ours = new StepRunner(training, state, options, 0)) {
            String agreement = agreement(peer);
            long[] step = {0};
            float drift = 0;
            for (int i = 0; i < 5; i++) {
                double loss = ours.step(++step[0], LEARNING_RATE, workload.batch())
                        .values()
                        .iterator()
                        .next();
                drift = Math.max(drift, (float) Math.abs(loss - peer.step()));
            }
            Duel.Outcome outcome =
                    new Duel(() -> ours.step(++step[0], LEARNING_RATE, workload.batch()), peer::step).fight(seconds);
            if (row) {
                System.out.println(workload.title() + "\t" + outcome.row());
                return;
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s%n  %s; losses of five steps within %.1e; %d nodes%n  %s%n",
                    workload.title(),
                    agreement,
                    drift,
                    training.graph().nodes().size(),
                    outcome);
        }
    }

    /** Loss and gradients of both sides from the same weights. */
    private String agreement(TorchStep peer) {
        GraphBuilder g = new GraphBuilder("checked", Mode.TRAINING);
        Value lossOfGraph = workload.checked().objective().build(g);
        List<Parameter> trained = g.parameters().values().stream()
                .filter(parameter -> trains(parameter.name()))
                .toList();
        List<Value> gradients = Gradients.of(
                g, lossOfGraph, trained.stream().map(Parameter::value).toList());
        Map<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("loss", lossOfGraph);
        for (int i = 0; i < trained.size(); i++) {
            outputs.put(trained.get(i).name() + ".gradient", gradients.get(i));
        }
        var graph = g.build().prunedTo(outputs);
        Map<String, Tensor> inputs = new LinkedHashMap<>(workload.batch());
        graph.parameters().keySet().forEach(name -> inputs.put(name, state.get(name)));
        float loss = peer.backward(workload.checked().peer());
        Map<String, float[]> expected = peer.gradients();
        try (OnnxSession session = OnnxSession.open(OnnxWriter.toBytesWithParametersAsInputs(graph), options)) {
            Map<String, Tensor> results = session.run(inputs);
            double difference = Math.abs(Column.in(results, "loss").floats().get(0) - loss);
            double floor = 1e-3
                    * expected.values().stream()
                            .mapToDouble(TrainingBenchmark::largest)
                            .max()
                            .orElseThrow();
            double worst = 0;
            String worstName = "";
            for (Map.Entry<String, float[]> entry : expected.entrySet()) {
                double error = relative(
                        Column.in(results, entry.getKey() + ".gradient").toFloatArray(), entry.getValue(), floor);
                if (!(error <= worst)) {
                    worst = error;
                    worstName = entry.getKey();
                }
            }
            String text = String.format(
                    Locale.ROOT,
                    "loss %.6f differs by %.1e, gradients by %.1e of the largest (%s)",
                    loss,
                    difference,
                    worst,
                    worstName);
            if (!(difference < 1e-4 && worst < 1e-3)) {
                throw new IllegalStateException(workload.title() + ": the sides do unequal work: " + text);
            }
            return text;
        }
    }

    /** The largest difference by the largest element; what is zero but for rounding counts as the floor. */
    private static double relative(float[] found, float[] expected, double floor) {
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            difference = Math.max(difference, Math.abs(found[i] - expected[i]));
        }
        return difference / Math.max(floor, largest(expected));
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** Runs our side alone and leaves a trace of its nodes' times in the temporary folder. */
    private void profile() {
        try (StepRunner ours = new StepRunner(training, state, options.withProfiling(true), 0)) {
            for (int i = 1; i <= 20; i++) {
                ours.step(i, LEARNING_RATE, workload.batch());
            }
        }
    }
}

package org.menagerie.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.menagerie.graph.Value;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Objective;
import org.menagerie.training.StepBlocks;
import org.menagerie.training.StepGraph;
import org.menagerie.training.StepRunner;
import org.menagerie.training.Weights;
import org.menagerie.training.optimizer.Adam;

/**
 * Whether memory grows over 5,000 steps of LeNet, how long a training graph of 3,000 nodes takes to load, and what several
 * steps a run gain. Linux only: resident memory is read from {@code /proc}.
 */
public final class Endurance {
    private static final int STEPS = 5_000;
    private static final int NODES = 3_000;
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Endurance() {}

    /** Arguments: any of {@code memory}, {@code load} and {@code blocks}, all three without; {@code --threads N}. */
    public static void main(String[] arguments) throws IOException {
        var wanted = new java.util.ArrayList<>(java.util.List.of(arguments));
        int threads = 2;
        int at = wanted.indexOf("--threads");
        if (at >= 0) {
            threads = Integer.parseInt(wanted.remove(at + 1));
            wanted.remove(at);
        }
        SessionOptions options = SessionOptions.defaults()
                .withDevice(Device.CPU)
                .withThreads(threads)
                .withSpinning(threads > 1);
        if (wanted.isEmpty() || wanted.contains("load")) {
            load(options);
        }
        if (wanted.isEmpty() || wanted.contains("memory")) {
            memory(options);
        }
        if (wanted.isEmpty() || wanted.contains("blocks")) {
            blocks(options);
        }
    }

    private static StepGraph training(Objective objective) {
        return StepGraph.of(objective, StepGraph.Settings.of(Adam.defaults()));
    }

    private static void memory(SessionOptions options) throws IOException {
        StepGraph training = training(LeNetWorkload.objective());
        Map<String, Tensor> batch = RandomBatches.images(64, 1, 28);
        try (StepRunner runner = new StepRunner(training, Weights.initial(training.all(), 1), options, 1)) {
            for (int step = 1; step <= STEPS; step++) {
                runner.step(step, 1e-3, batch);
                if (step == 100 || step % 1_000 == 0) {
                    System.gc();
                    System.out.printf("step %,d: resident %.1f MB%n", step, residentKilobytes() / 1024.0);
                }
            }
        }
    }

    private static double residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Fully connected layers of 64 units until the step has enough nodes. */
    private static Objective deep(int layers) {
        return g -> {
            Value x = g.flatten(g.input("image", "f32[N,1,28,28]"));
            for (int layer = 0; layer < layers; layer++) {
                x = g.relu(g.layerNorm("norm" + layer, g.linear("fc" + layer, x, 64)));
            }
            return g.crossEntropy(g.linear("out", x, 10), g.input("label", "i64[N]"));
        };
    }

    private static void load(SessionOptions options) {
        int layers = 1;
        StepGraph training = training(deep(layers));
        while (training.graph().nodes().size() < NODES) {
            layers++;
            training = training(deep(layers));
        }
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            long processor = PROCESS.getProcessCpuTime();
            StepGraph built = training(deep(layers));
            long written = System.nanoTime();
            try (StepRunner runner = new StepRunner(built, Weights.initial(built.all(), 1), options, 1)) {
                long loaded = System.nanoTime();
                double spent = (PROCESS.getProcessCpuTime() - processor) / 1e9;
                System.out.printf(
                        "%d layers, %,d nodes, %,d tensors: differentiated in %.2f s, loaded in %.2f s, processor %.2f s%n",
                        layers,
                        built.graph().nodes().size(),
                        runner.state().size(),
                        (written - start) / 1e9,
                        (loaded - written) / 1e9,
                        spent);
            }
        }
    }

    /** One step a run against several, in turns. */
    private static void blocks(SessionOptions options) {
        StepGraph training = training(LeNetWorkload.objective());
        Map<String, Tensor> state = Weights.initial(training.all(), 1);
        Map<String, Tensor> batch = RandomBatches.images(64, 1, 28);
        for (int count : new int[] {4, 16}) {
            try (StepRunner one = new StepRunner(training, state, options, 1);
                    StepBlocks single = new StepBlocks(training, one, 1, options);
                    StepRunner other = new StepRunner(training, state, options, 1);
                    StepBlocks several = new StepBlocks(training, other, count, options)) {
                Duel duel = new Duel(() -> steps(several, batch), () -> steps(single, batch));
                System.out.printf("16 steps, %d a run against 1 a run: %s%n", count, duel.fight(15));
            }
        }
    }

    private static void steps(StepBlocks blocks, Map<String, Tensor> batch) {
        for (int step = 1; step <= 16; step++) {
            blocks.add(step, 1e-3, batch);
        }
        blocks.flush();
    }
}

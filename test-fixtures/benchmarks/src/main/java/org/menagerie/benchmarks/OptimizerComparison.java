package org.menagerie.benchmarks;

import ai.djl.training.tracker.Tracker;
import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Evaluator;
import org.menagerie.training.NewtonSteps;
import org.menagerie.training.Objective;
import org.menagerie.training.StepBlocks;
import org.menagerie.training.StepGraph;
import org.menagerie.training.StepRunner;
import org.menagerie.training.Steps;
import org.menagerie.training.Weights;
import org.menagerie.training.data.BatchOrder;
import org.menagerie.training.data.BatchStream;
import org.menagerie.training.data.Batches;
import org.menagerie.training.data.DataFiles;
import org.menagerie.training.data.DataPlugin;
import org.menagerie.training.data.DatasetKind;
import org.menagerie.training.data.Datasets;
import org.menagerie.training.data.FashionMnist;
import org.menagerie.training.data.Splits;
import org.menagerie.training.optimizer.Optimizer;
import org.menagerie.training.optimizer.SecondOrder;
import org.menagerie.training.recipe.TrainingKinds;

/**
 * Trains one network of five layers with each optimizer, from the same weights on the same batches, and writes the loss
 * over all training examples by step as a table into a page and as a plot beside it.
 */
public final class OptimizerComparison {
    private static final long SEED = 1;
    private static final int BATCH = 64;
    private static final int WIDTH = 48;
    private static final int LAYERS = 5;
    private static final int[] PLOTTED = {1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500};
    private static final List<Integer> TABULATED = List.of(1, 5, 10, 20, 50, 100, 200, 500);
    private static final String BEGIN = "<!-- comparison: written by OptimizerComparison -->";
    private static final String END = "<!-- end of comparison -->";
    private static final SessionOptions OPTIONS =
            SessionOptions.defaults().withDevice(Device.CPU).withThreads(2);

    /**
     * A way to train.
     *
     * @param batch examples a step; 0 for all
     * @param steps how many
     */
    private record Contender(String name, double learningRate, int batch, int steps) {
        static Contender of(String name, int batch, int steps) {
            return new Contender(name, TrainingKinds.standard().optimizer(name).defaultLearningRate(), batch, steps);
        }
    }

    /** Each with its own default learning rate; only single examples need a smaller one. */
    private static final List<Contender> CONTENDERS = List.of(
            Contender.of("batch-gd", 0, 500),
            new Contender("stochastic-gd", 0.01, 1, 500),
            Contender.of("mini-batch-gd", BATCH, 500),
            Contender.of("momentum", BATCH, 500),
            Contender.of("nesterov", BATCH, 500),
            Contender.of("adagrad", BATCH, 500),
            Contender.of("rmsprop", BATCH, 500),
            Contender.of("rmsprop-centered", BATCH, 500),
            Contender.of("adam", BATCH, 500),
            Contender.of("adamw", BATCH, 500),
            Contender.of("muon", BATCH, 500),
            Contender.of("newton-cg", 0, 50));

    private final Splits splits;
    private final Batches measured;

    private OptimizerComparison(Splits splits) {
        this.splits = splits;
        measured = new Batches(splits.train(), BatchOrder.inOrder(500), FashionMnist.NORMALIZE);
    }

    /** Arguments: the folder whose {@code README.md} has the marks, and a folder of IDX files instead of the subset. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path data = arguments.length > 1
                ? Path.of(arguments[1])
                : Fixtures.copyFashionSubset(Files.createTempDirectory("fashion-subset"));
        var kinds = Key.get(new TypeLiteral<Map<String, DatasetKind>>() {});
        Map<String, DatasetKind> known = Guice.createInjector(new DataPlugin()).getInstance(kinds);
        OptimizerComparison comparison =
                new OptimizerComparison(new Datasets(known, DataFiles.NONE).open("idx:" + data));
        Map<String, Map<Integer, Double>> losses = new LinkedHashMap<>();
        for (Contender contender : CONTENDERS) {
            losses.put(contender.name(), comparison.train(contender));
            System.out.println(contender.name() + " " + losses.get(contender.name()));
        }
        new LossPlot("loss over all %,d training examples".formatted(comparison.examples()), losses)
                .write(folder.resolve("optimizers.svg"));
        write(folder.resolve("README.md"), comparison.table(losses));
    }

    private int examples() {
        return splits.train().size();
    }

    /** Five fully connected layers with tanh between them. */
    private static Objective network() {
        return g -> {
            Value x = g.flatten(g.input("image", "f32[N,1,28,28]"));
            for (int layer = 1; layer < LAYERS; layer++) {
                x = g.tanh(g.linear("fc" + layer, x, WIDTH, true, Initializers.xavierUniform()));
            }
            Value logits = g.output("logits", g.linear("fc" + LAYERS, x, 10, true, Initializers.xavierUniform()));
            Value label = g.input("label", "i64[N]");
            g.output("accuracy", g.accuracy(logits, label));
            return g.crossEntropy(logits, label);
        };
    }

    /** The loss over all training examples after steps. */
    private Map<Integer, Double> train(Contender contender) {
        Optimizer optimizer = TrainingKinds.standard().optimizer(contender.name());
        StepGraph.Settings settings = StepGraph.Settings.of(optimizer);
        if (optimizer instanceof SecondOrder) {
            Map<String, Tensor> start = Weights.initial(NewtonSteps.parameters(network()), SEED);
            try (Steps steps = new NewtonSteps(network(), settings, start, OPTIONS, SEED)) {
                return train(contender, steps);
            }
        }
        StepGraph training = StepGraph.of(network(), settings);
        Map<String, Tensor> start = Weights.initial(training.all(), SEED);
        try (StepRunner runner = new StepRunner(training, start, OPTIONS, SEED);
                Steps steps = new StepBlocks(training, runner, 1, OPTIONS)) {
            return train(contender, steps);
        }
    }

    private Map<Integer, Double> train(Contender contender, Steps steps) {
        int size = contender.batch() == 0 ? examples() : contender.batch();
        Batches batches =
                new Batches(splits.train(), BatchOrder.shuffled(size, SEED).droppingLast(), FashionMnist.NORMALIZE);
        Tracker rate = Tracker.fixed((float) contender.learningRate());
        Map<Integer, Double> losses = new TreeMap<>();
        int plotted = 0;
        try (Evaluator evaluator = new Evaluator(network(), OPTIONS);
                BatchStream stream = batches.stream()) {
            for (int step = 1; step <= contender.steps(); step++) {
                steps.add(step, rate.getNewValue(step), stream.next().tensors());
                steps.flush();
                if (step == PLOTTED[plotted]) {
                    plotted++;
                    losses.put(step, loss(evaluator.evaluate(measured, steps.state())));
                }
            }
        }
        return losses;
    }

    private static double loss(Map<String, Double> metrics) {
        return metrics.getOrDefault(StepGraph.LOSS, Double.NaN);
    }

    private String table(Map<String, Map<Integer, Double>> losses) {
        StringBuilder text = new StringBuilder("| optimizer | learning rate | batch |");
        TABULATED.forEach(step -> text.append(' ').append(step).append(" |"));
        text.append("\n| --- | --- | --- |")
                .append(" --- |".repeat(TABULATED.size()))
                .append('\n');
        for (Contender contender : CONTENDERS) {
            List<String> cells = new ArrayList<>(List.of(
                    "`" + contender.name() + "`",
                    Double.toString(contender.learningRate()),
                    contender.batch() == 0 ? "all" : Integer.toString(contender.batch())));
            Map<Integer, Double> own = losses.getOrDefault(contender.name(), Map.of());
            for (int step : TABULATED) {
                Double loss = own.get(step);
                cells.add(loss == null ? "–" : String.format(Locale.ROOT, loss < 0.01 ? "%.1e" : "%.3f", loss));
            }
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        return text.toString();
    }

    private static void write(Path page, String table) throws IOException {
        String text = Files.readString(page);
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("'%s' has no part between '%s' and '%s'".formatted(page, BEGIN, END));
        }
        Files.writeString(page, text.substring(0, from + BEGIN.length()) + "\n" + table + text.substring(to));
    }
}

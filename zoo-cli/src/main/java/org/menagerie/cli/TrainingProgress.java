package org.menagerie.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.menagerie.training.EpochReport;
import org.menagerie.training.TrainingListener;
import org.menagerie.training.progress.ProgressBar;

/** Shows a training on standard error: a bar an epoch on a terminal, and a line for each epoch done. */
final class TrainingProgress implements TrainingListener {
    private final Console console;
    private final int stepsPerEpoch;
    private final int batchSize;
    private @Nullable ProgressBar bar;

    TrainingProgress(Console console, int stepsPerEpoch, int batchSize) {
        this.console = console;
        this.stepsPerEpoch = stepsPerEpoch;
        this.batchSize = batchSize;
    }

    @Override
    public void memberStarted(int number, int count) {
        console.err().println("network %d of %d".formatted(number, count));
    }

    @Override
    public void stepped(long step, Map<String, Double> metrics) {
        if (!Console.errIsTerminal()) {
            return;
        }
        long inEpoch = (step - 1) % stepsPerEpoch + 1;
        ProgressBar current = bar;
        if (current == null) {
            long epoch = (step - 1) / stepsPerEpoch + 1;
            current = new ProgressBar(
                    console.err(),
                    true,
                    Terminal::columns,
                    new ProgressBar.Work("epoch " + epoch, (long) stepsPerEpoch * batchSize, 0, "examples"));
            bar = current;
        }
        current.update(inEpoch * batchSize, metrics);
    }

    @Override
    public void epochEnded(EpochReport report) {
        stopped();
        console.err()
                .println("epoch %d  train %s  validation %s%s"
                        .formatted(
                                report.epoch(),
                                text(report.train()),
                                text(report.validation()),
                                report.best() ? "  best so far" : ""));
        console.err().flush();
    }

    /** Ends the line that a bar is drawn on. */
    void stopped() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    /** For example {@code loss 0.3412, accuracy 0.8791}. */
    static String text(Map<String, Double> metrics) {
        StringJoiner text = new StringJoiner(", ");
        new LinkedHashMap<>(metrics)
                .forEach((name, value) -> text.add("%s %.4f".formatted(name.replace('_', ' '), value)));
        return text.toString();
    }
}

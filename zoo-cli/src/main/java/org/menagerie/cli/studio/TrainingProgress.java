package org.menagerie.cli.studio;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.console.Console;
import org.menagerie.cli.console.Terminal;
import org.menagerie.studio.StudioListener;
import org.menagerie.studio.metric.Figures;
import org.menagerie.training.EpochReport;
import org.menagerie.training.progress.ProgressBar;

/** Shows a training on standard error: a bar an epoch on a terminal, and a line for each epoch done. */
final class TrainingProgress implements StudioListener {
    private final Console console;
    private final BooleanSupplier stop;
    private Path folder = Path.of("");
    private int stepsPerEpoch = 1;
    private int batchSize = 1;
    private @Nullable ProgressBar bar;

    /** @param stop whether the run is to end soon */
    TrainingProgress(Console console, BooleanSupplier stop) {
        this.console = console;
        this.stop = stop;
    }

    @Override
    public void remarked(String remark) {
        console.say(remark);
    }

    @Override
    public void runStarted(Path runFolder, boolean resumed, int steps, int examples) {
        folder = runFolder;
        stepsPerEpoch = steps;
        batchSize = examples;
        console.say((resumed ? "continuing in " : "training in ") + runFolder);
    }

    @Override
    public boolean wantsStop() {
        return stop.getAsBoolean();
    }

    /** The folder of the run that was started. */
    Path folder() {
        return folder;
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
                                Figures.text(report.train()),
                                Figures.text(report.validation()),
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
}

package org.menagerie.cli.explain;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.console.Console;
import org.menagerie.cli.console.Terminal;
import org.menagerie.explain.Progress;
import org.menagerie.training.progress.ProgressBar;

/** A bar for what takes long, where a person watches. */
final class ExplanationProgress implements Progress, AutoCloseable {
    private static final int SHORT = 8;

    private final Console console;
    private final String title;
    private final String unit;
    private @Nullable ProgressBar bar;
    private int total;

    ExplanationProgress(Console console, String title, String unit) {
        this.console = console;
        this.title = title;
        this.unit = unit;
    }

    @Override
    public void done(int done, int of) {
        if (!Console.errIsTerminal() || of <= SHORT) {
            return;
        }
        if (bar == null || total != of) {
            close();
            total = of;
            bar = new ProgressBar(console.err(), true, Terminal::columns, new ProgressBar.Work(title, of, 0, unit));
        }
        bar.update(done, Map.of());
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}

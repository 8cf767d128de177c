package org.menagerie.training.progress;

import java.io.Flushable;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * One line that tells how far work has come, how fast it goes, how long it will take and what its metrics are. On a
 * terminal it is drawn over itself; elsewhere a new line is written now and then. A sink that fails is left alone from then
 * on: nobody's training ends for it. For one thread.
 */
public final class ProgressBar implements AutoCloseable {
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration NEW_LINE = Duration.ofSeconds(10);
    private static final int WIDTH = 24;

    private final Appendable out;
    private final boolean terminal;
    private final Work work;
    private final LongSupplier nanoTime;
    private final long started;
    private long lastDrawn;
    private long done;
    private Map<String, Double> metrics = Map.of();
    private int lastLength;
    private boolean pending;
    private boolean broken;

    /**
     * What is being done.
     *
     * @param title in front of the bar, for example {@code epoch 2/10}
     * @param total how many units there are, at least 1
     * @param done how many were done before, in a run that was resumed
     * @param unit what is counted, for example {@code img}
     */
    public record Work(String title, long total, long done, String unit) {
        public Work {
            if (total < 1 || done < 0 || done > total) {
                throw new IllegalArgumentException("%d of %d %s is not a progress".formatted(done, total, unit));
            }
        }

        public Work(String title, long total, String unit) {
            this(title, total, 0, unit);
        }
    }

    /**
     * Starts the clock; nothing is written yet.
     *
     * @param terminal whether the sink understands a carriage return
     */
    public ProgressBar(Appendable out, boolean terminal, Work work) {
        this(out, terminal, work, System::nanoTime);
    }

    ProgressBar(Appendable out, boolean terminal, Work work, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.work = work;
        this.nanoTime = nanoTime;
        this.done = work.done;
        this.started = nanoTime.getAsLong();
        this.lastDrawn = started;
    }

    /** Tells how many units are done and, in their order, how the metrics stand; draws if it was not done just now. */
    public void update(long done, Map<String, Double> metrics) {
        this.done = done;
        this.metrics = metrics;
        pending = true;
        long now = nanoTime.getAsLong();
        if (now - lastDrawn >= (terminal ? REDRAW : NEW_LINE).toNanos()) {
            draw(now);
        }
    }

    /** Draws the last state and ends the line. */
    @Override
    public void close() {
        if (pending) {
            draw(nanoTime.getAsLong());
        }
        if (terminal && lastLength > 0) {
            append("\n");
            lastLength = 0;
        }
    }

    private void draw(long now) {
        lastDrawn = now;
        pending = false;
        String line = line(now);
        append(terminal ? "\r" + line + " ".repeat(Math.max(0, lastLength - line.length())) : line + "\n");
        lastLength = line.length();
    }

    private String line(long now) {
        double seconds = (now - started) / 1e9;
        double speed = seconds > 0 ? (done - work.done) / seconds : 0;
        StringBuilder line = new StringBuilder(work.title);
        if (terminal) {
            int filled = (int) (WIDTH * Math.min(done, work.total) / work.total);
            line.append(" [")
                    .append("=".repeat(filled))
                    .append(" ".repeat(WIDTH - filled))
                    .append(']');
        }
        line.append(text(" %,d/%,d %d%%", done, work.total, 100 * done / work.total));
        if (speed > 0) {
            line.append(text(speed < 10 ? " %.2f %s/s" : " %,.0f %s/s", speed, work.unit));
            line.append(done < work.total ? " " + time((work.total - done) / speed) + " left" : " in " + time(seconds));
        }
        metrics.forEach((name, value) -> line.append(text(" %s %.4g", name, value)));
        return line.toString();
    }

    private static String time(double seconds) {
        long s = Math.round(seconds);
        return s < 3600 ? text("%d:%02d", s / 60, s % 60) : text("%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private void append(String text) {
        if (broken) {
            return;
        }
        try {
            out.append(text);
            if (out instanceof Flushable flushable) {
                flushable.flush();
            }
        } catch (IOException e) {
            broken = true;
        }
    }
}

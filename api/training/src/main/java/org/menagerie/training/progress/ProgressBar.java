package org.menagerie.training.progress;

import java.io.Flushable;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * One line that tells how far work has come, how fast it goes, how long it will take and what its metrics are. On a
 * terminal it is drawn over itself and never wider than the terminal; elsewhere a new line is written now and then. After a
 * sink has failed, nothing more is written to it, and the work goes on. For one thread.
 */
public final class ProgressBar implements AutoCloseable {
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration NEW_LINE = Duration.ofSeconds(10);
    private static final int WIDTH = 24;
    private static final int NARROW = 8;
    /** Characters around the bar: a space and its ends. */
    private static final int BRACKETS = 3;

    private static final int DEFAULT_COLUMNS = 80;

    private final Appendable out;
    private final boolean terminal;
    private final IntSupplier columns;
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
        this(out, terminal, () -> DEFAULT_COLUMNS, work);
    }

    /**
     * Starts the clock; nothing is written yet.
     *
     * @param terminal whether the sink understands a carriage return
     * @param columns how many characters fit in a line of the terminal; it is asked before each line is drawn, because
     *     windows change their size
     */
    public ProgressBar(Appendable out, boolean terminal, IntSupplier columns, Work work) {
        this(out, terminal, columns, work, System::nanoTime);
    }

    ProgressBar(Appendable out, boolean terminal, IntSupplier columns, Work work, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.columns = columns;
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
        if (!terminal) {
            append(line(now, 0, Integer.MAX_VALUE) + "\n");
            return;
        }
        // A line that reaches the last column would wrap, and the next one would be drawn below it.
        int room = Math.max(1, columns.getAsInt() - 1);
        String line = fitting(now, room);
        append("\r" + line + " ".repeat(Math.max(0, Math.min(lastLength, room) - line.length())));
        lastLength = line.length();
    }

    /** The line as far as there is room: the bar gets shorter first, then metrics are left out from the end. */
    private String fitting(long now, int room) {
        for (int metricCount = metrics.size(); metricCount >= 0; metricCount--) {
            int spare = room - line(now, 0, metricCount).length() - BRACKETS;
            if (spare >= NARROW) {
                return line(now, Math.min(WIDTH, spare), metricCount);
            }
        }
        String counts = line(now, 0, 0);
        return counts.length() <= room ? counts : counts.substring(0, room - 1) + "…";
    }

    private String line(long now, int width, int metricCount) {
        double seconds = (now - started) / 1e9;
        double speed = seconds > 0 ? (done - work.done) / seconds : 0;
        StringBuilder line = new StringBuilder(work.title);
        if (width > 0) {
            int filled = (int) (width * Math.min(done, work.total) / work.total);
            line.append(" [")
                    .append("=".repeat(filled))
                    .append(" ".repeat(width - filled))
                    .append(']');
        }
        line.append(text(" %,d/%,d %d%%", done, work.total, 100 * done / work.total));
        if (speed > 0) {
            line.append(text(speed < 10 ? " %.2f %s/s" : " %,.0f %s/s", speed, work.unit));
            line.append(done < work.total ? " " + time((work.total - done) / speed) + " left" : " in " + time(seconds));
        }
        metrics.entrySet().stream()
                .limit(metricCount)
                .forEach(metric -> line.append(text(" %s %.4g", metric.getKey(), metric.getValue())));
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

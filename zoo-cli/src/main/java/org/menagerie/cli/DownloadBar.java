package org.menagerie.cli;

import java.util.Locale;
import org.menagerie.hub.source.Progress;

/** A line on the terminal that tells how far a download has come; silent where nobody watches. */
final class DownloadBar implements Progress {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int WIDTH = 24;

    private final Console console;
    private String what = "";
    private long startedAt;
    private long startedWith;
    private long drawnAt;

    DownloadBar(Console console) {
        this.console = console;
    }

    @Override
    public synchronized void moved(String name, long done, long total) {
        if (!Console.errIsTerminal()) {
            return;
        }
        long now = System.nanoTime();
        if (!name.equals(what)) {
            what = name;
            startedAt = now;
            startedWith = done;
            drawnAt = 0;
        }
        boolean whole = done == total;
        if (whole || now - drawnAt >= REDRAW_NANOS) {
            drawnAt = now;
            console.err().print("\r" + line(what, done, total, speed(now, done)) + (whole ? "\n" : ""));
            console.err().flush();
        }
    }

    private double speed(long now, long done) {
        double seconds = (now - startedAt) / 1e9;
        return seconds < 0.2 ? 0 : (done - startedWith) / seconds;
    }

    /** For example {@code model.onnx [#####...] 45 % of 90.4 MB  12.1 MB/s  4 s left}. */
    static String line(String what, long done, long total, double bytesPerSecond) {
        String speed = bytesPerSecond > 0 ? "  " + Sizes.text((long) bytesPerSecond) + "/s" : "";
        if (total <= 0) {
            return "%s  %s%s  ".formatted(what, Sizes.text(done), speed);
        }
        int filled = (int) (WIDTH * done / total);
        String left = bytesPerSecond > 0 ? "  %.0f s left".formatted((total - done) / bytesPerSecond) : "";
        return String.format(
                Locale.ROOT,
                "%s [%s%s] %d %% of %s%s%s   ",
                what,
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                100 * done / total,
                Sizes.text(total),
                speed,
                left);
    }
}

package org.menagerie.cli.console;

import java.util.List;
import java.util.Locale;
import org.menagerie.hub.Sizes;
import org.menagerie.hub.source.Progress;

/** A line on the terminal that shows how far a download has come, never wider than the terminal. Elsewhere nothing is printed. */
public final class DownloadBar implements Progress {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int WIDTH = 24;
    private static final int NARROW = 8;

    private final Console console;
    private String what = "";
    private long startedAt;
    private long startedWith;
    private long drawnAt;
    /** Columns of the line that is drawn. */
    private int drawn;

    public DownloadBar(Console console) {
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
            // A line that reaches the last column would wrap, and the next one would be drawn below it.
            int room = Math.max(1, Terminal.columns() - 1);
            String line = line(CleanText.line(what), done, total, speed(now, done), room);
            int blanks = Math.max(0, Math.min(drawn, room) - Table.width(line));
            drawn = Table.width(line);
            console.err().print("\r" + line + " ".repeat(blanks) + (whole ? "\n" : ""));
            console.err().flush();
            if (whole) {
                drawn = 0;
            }
        }
    }

    private double speed(long now, long done) {
        double seconds = (now - startedAt) / 1e9;
        return seconds < 0.2 ? 0 : (done - startedWith) / seconds;
    }

    /**
     * For example {@code model.onnx [#####...] 45 % of 90.4 MB  12.1 MB/s  4 s left}. Where there is less room, the bar gets
     * shorter and then disappears, then the time left and the speed do, and then the name is cut.
     */
    public static String line(String what, long done, long total, double bytesPerSecond, int room) {
        String speed = bytesPerSecond > 0 ? "  " + Sizes.text((long) bytesPerSecond) + "/s" : "";
        if (total <= 0) {
            return named(what, "  " + Sizes.text(done) + speed, room);
        }
        String share = " %d %% of %s".formatted(100 * done / total, Sizes.text(total));
        String left =
                bytesPerSecond > 0 ? String.format(Locale.ROOT, "  %.0f s left", (total - done) / bytesPerSecond) : "";
        int spare = room - Table.width(what + share + speed + left) - " []".length();
        if (spare >= NARROW) {
            int width = Math.min(WIDTH, spare);
            int filled = (int) (width * done / total);
            return "%s [%s%s]%s%s%s"
                    .formatted(what, "#".repeat(filled), ".".repeat(width - filled), share, speed, left);
        }
        for (String rest : List.of(share + speed + left, share + speed, share)) {
            if (Table.width(what + rest) <= room) {
                return what + rest;
            }
        }
        return named(what, share, room);
    }

    /** The name, cut where there is no room for it, and what follows it. */
    private static String named(String what, String rest, int room) {
        String line = what + rest;
        for (int kept = what.length(); kept > 0 && Table.width(line) > room; ) {
            kept--;
            line = what.substring(0, kept) + "…" + rest;
        }
        return Table.width(line) <= room
                ? line
                : rest.strip().substring(0, Math.min(room, rest.strip().length()));
    }
}

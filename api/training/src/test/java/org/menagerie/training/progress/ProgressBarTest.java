package org.menagerie.training.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.training.progress.ProgressBar.Work;

class ProgressBarTest {
    private final StringBuilder out = new StringBuilder();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger columns = new AtomicInteger(200);

    @Test
    void aTerminalSeesOneLineDrawnOverItself() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", .345678);
        metrics.put("accuracy", .9);
        try (ProgressBar bar = bar(true, new Work("epoch 1/2", 2_000, "img"))) {
            at(1, () -> bar.update(500, metrics));
            at(1.01, () -> bar.update(600, metrics));
            at(2, () -> bar.update(2_000, Map.of()));
        }
        String first =
                "epoch 1/2 [======                  ] 500/2,000 25% 500 img/s 0:03 left loss 0.3457 accuracy 0.9000";
        String last = "epoch 1/2 [========================] 2,000/2,000 100% 1,000 img/s in 0:02";
        String blank = " ".repeat(first.length() - last.length());
        assertThat(out).hasToString("\r" + first + "\r" + last + blank + "\n");
    }

    /** A line as wide as the terminal would wrap: the bar shrinks, then metrics go, then the line is cut. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | epoch 1/2 [======                  ] 500/2,000 25% 500 img/s 0:03 left loss 0.3457 accuracy 0.9000
            80  | epoch 1/2 [=====                ] 500/2,000 25% 500 img/s 0:03 left loss 0.3457
            60  | epoch 1/2 [===          ] 500/2,000 25% 500 img/s 0:03 left
            40  | epoch 1/2 500/2,000 25% 500 img/s 0:03…
            20  | epoch 1/2 500/2,00…
            """)
    void aLineIsNarrowerThanTheTerminal(int width, String expected) {
        columns.set(width);
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", .345678);
        metrics.put("accuracy", .9);
        ProgressBar bar = bar(true, new Work("epoch 1/2", 2_000, "img"));
        at(1, () -> bar.update(500, metrics));
        assertThat(out.toString()).isEqualTo("\r" + expected).hasSizeLessThanOrEqualTo(width);
    }

    @Test
    void aTerminalMayBeResizedAndBlanksNeverReachItsEnd() {
        ProgressBar bar = bar(true, new Work("train", 100, "step"));
        for (int width : new int[] {120, 30, 10, 1, 0, 80}) {
            columns.set(width);
            int before = out.length();
            at(nanos.get() / 1e9 + 1, () -> bar.update(50, Map.of("loss", 1.0)));
            assertThat(out.substring(before + 1).length())
                    .as("%d columns", width)
                    .isLessThan(Math.max(2, width));
        }
    }

    @Test
    void elsewhereALineIsWrittenNowAndThenWithoutControlCharacters() {
        try (ProgressBar bar = bar(false, new Work("train", 100, "step"))) {
            for (int second = 1; second <= 25; second++) {
                int done = second * 4;
                at(second, () -> bar.update(done, Map.of()));
            }
        }
        assertThat(out).hasToString("""
                train 40/100 40% 4.00 step/s 0:15 left
                train 80/100 80% 4.00 step/s 0:05 left
                train 100/100 100% 4.00 step/s in 0:25
                """);
    }

    @Test
    void aResumedRunCountsOnlyItsOwnWorkForSpeed() {
        try (ProgressBar bar = bar(false, new Work("train", 10_000, 9_000, "img"))) {
            at(10, () -> bar.update(9_100, Map.of()));
        }
        assertThat(out.toString().strip()).isEqualTo("train 9,100/10,000 91% 10 img/s 1:30 left");
    }

    @Test
    void nothingDoneWritesNothing() {
        bar(true, new Work("train", 1, "step")).close();
        assertThat(out).isEmpty();
    }

    @Test
    void aClosedPipeEndsTheBarNotTheWork() {
        Appendable closed = new Appendable() {
            @Override
            public Appendable append(CharSequence text) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public Appendable append(CharSequence text, int start, int end) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public Appendable append(char c) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        try (ProgressBar bar = new ProgressBar(closed, true, () -> 80, new Work("train", 2, "step"), nanos::get)) {
            at(1, () -> bar.update(1, Map.of()));
            at(2, () -> bar.update(2, Map.of()));
        }
        assertThatThrownBy(() -> new Work("train", 0, "step")).hasMessage("0 of 0 step is not a progress");
    }

    private ProgressBar bar(boolean terminal, Work work) {
        return new ProgressBar(out, terminal, columns::get, work, nanos::get);
    }

    private void at(double second, Runnable action) {
        nanos.set((long) (second * 1e9));
        action.run();
    }
}

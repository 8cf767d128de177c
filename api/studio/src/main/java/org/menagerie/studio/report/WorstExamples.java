package org.menagerie.studio.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.menagerie.studio.report.ReportSection.CaptionedImages;
import org.menagerie.studio.report.ReportSection.Images;

/** The worst examples of an evaluation, which are drawn at its end; of equally bad ones the first. */
public final class WorstExamples {
    /** The number of examples that are kept. */
    public static final int MOST = 24;

    private final PriorityQueue<Kept> kept = new PriorityQueue<>(Comparator.comparingDouble(Kept::badness)
            .thenComparing(Comparator.comparingLong(Kept::number).reversed()));
    private long number;

    private record Kept(double badness, long number, Supplier<CaptionedImages> picture) {}

    /** Keeps an example if few were worse; one of badness 0 is no error. */
    public void add(double badness, Supplier<CaptionedImages> picture) {
        if (badness > 0) {
            kept.add(new Kept(badness, number++, picture));
            if (kept.size() > MOST) {
                kept.poll();
            }
        }
    }

    /** A section with the pictures, the worst first; none if nothing was wrong. */
    public List<ReportSection> section(String title, String text) {
        if (kept.isEmpty()) {
            return List.of();
        }
        List<CaptionedImages> pictures = Stream.generate(kept::poll)
                .limit(kept.size())
                .map(worst -> worst.picture().get())
                .toList();
        List<CaptionedImages> worstFirst = new ArrayList<>(pictures);
        Collections.reverse(worstFirst);
        return List.of(new ReportSection(title, text, new Images(worstFirst)));
    }
}

package org.menagerie.studio.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BLEU of a corpus with one reference each (Papineni 2002): the geometric mean of the clipped precisions of n-grams, times the
 * brevity penalty. Not smoothed: 0 if no n-gram of some length matches anywhere.
 */
final class Bleu {
    private final long[] matched;
    private final long[] written;
    private long length;
    private long referenceLength;

    /** @param most the longest n-grams that count */
    Bleu(int most) {
        matched = new long[most];
        written = new long[most];
    }

    /** Counts a text against its reference. */
    void add(List<String> text, List<String> reference) {
        length += text.size();
        referenceLength += reference.size();
        for (int n = 1; n <= matched.length; n++) {
            Map<List<String>, Integer> known = grams(reference, n);
            for (Map.Entry<List<String>, Integer> gram : grams(text, n).entrySet()) {
                written[n - 1] += gram.getValue();
                matched[n - 1] += Math.min(gram.getValue(), known.getOrDefault(gram.getKey(), 0));
            }
        }
    }

    private static Map<List<String>, Integer> grams(List<String> text, int n) {
        Map<List<String>, Integer> grams = new HashMap<>();
        for (int from = 0; from + n <= text.size(); from++) {
            grams.merge(text.subList(from, from + n), 1, Integer::sum);
        }
        return grams;
    }

    /** The score, 0 to 1. */
    double score() {
        double logs = 0;
        for (int n = 0; n < matched.length; n++) {
            logs += Math.log((double) matched[n] / Math.max(1, written[n])) / matched.length;
        }
        double brevity = length >= referenceLength ? 1 : Math.exp(1 - (double) referenceLength / Math.max(1, length));
        return brevity * Math.exp(logs);
    }
}

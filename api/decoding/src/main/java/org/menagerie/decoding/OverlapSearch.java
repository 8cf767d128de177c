package org.menagerie.decoding;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Suppression, hard or soft, by any overlap: repeatedly the best that is left is chosen and lowers the others. */
final class OverlapSearch {
    private final Nms nms;
    private final Overlap overlap;
    private int[] entries = new int[64];
    private float[] scores = new float[64];
    private int left;

    OverlapSearch(Nms nms, Overlap overlap) {
        this.nms = nms;
        this.overlap = overlap;
    }

    void choose(Candidates candidates, int label, DetectionList found) {
        choose(candidates, label, found, entry -> true);
    }

    /** Chooses among one class's candidates that pass a test. */
    void choose(Candidates candidates, int label, DetectionList found, IntPredicate valid) {
        collect(candidates, valid);
        for (int chosen = 0; chosen < nms.maxPerClass() && left > 0; chosen++) {
            int best = best();
            int entry = entries[best];
            found.add(entry, label, scores[best]);
            remove(best);
            lowerOthers(entry);
        }
    }

    private void collect(Candidates candidates, IntPredicate valid) {
        left = 0;
        while (candidates.next()) {
            for (int i = 0; i < candidates.size(); i++) {
                int entry = Ranking.index(candidates.key(i));
                if (valid.test(entry)) {
                    if (left == entries.length) {
                        entries = Arrays.copyOf(entries, 2 * left);
                        scores = Arrays.copyOf(scores, 2 * left);
                    }
                    entries[left] = entry;
                    scores[left++] = Ranking.score(candidates.key(i));
                }
            }
        }
    }

    private int best() {
        int best = 0;
        for (int i = 1; i < left; i++) {
            if (scores[i] > scores[best] || (scores[i] == scores[best] && entries[i] < entries[best])) {
                best = i;
            }
        }
        return best;
    }

    private void remove(int i) {
        left--;
        entries[i] = entries[left];
        scores[i] = scores[left];
    }

    private void lowerOthers(int chosen) {
        for (int i = left - 1; i >= 0; i--) {
            scores[i] *= factor(overlap.of(chosen, entries[i]));
            if (!(scores[i] > nms.scoreThreshold())) {
                remove(i);
            }
        }
    }

    private float factor(float iou) {
        if (nms.suppression() instanceof Suppression.Hard hard) {
            return iou > hard.iou() ? Float.NaN : 1;
        } else if (nms.suppression() instanceof Suppression.SoftLinear linear) {
            return iou > linear.iou() ? 1 - iou : 1;
        } else if (nms.suppression() instanceof Suppression.SoftGaussian gaussian) {
            return iou > 0 ? (float) Math.exp(-iou * iou / gaussian.sigma()) : 1;
        }
        throw new AssertionError(nms.suppression());
    }
}

package org.menagerie.plugin.overfeat;

import java.util.ArrayList;
import java.util.List;

/**
 * The paper's way from many boxes to few (section 4.3): of all pairs, the two that match best become their mean, until no pair
 * matches well enough. Scores add up, so that many windows outvote a few.
 *
 * <p>The paper's match score is a sum of the centres' distance and the intersection; here the distance counts in mean sides
 * of the two boxes, and the intersection as 1 − IoU, so that 0 is the same box.
 *
 * @param limit the largest match score of boxes that become one
 */
record GreedyMerge(double limit) {
    /** A box with the sum of its windows' scores by class, and how many windows it stands for. */
    record Box(double left, double top, double right, double bottom, double[] scores, int windows) {
        double width() {
            return right - left;
        }

        double height() {
            return bottom - top;
        }

        /** The class with the highest sum. */
        int best() {
            int best = 0;
            for (int i = 1; i < scores.length; i++) {
                best = scores[i] > scores[best] ? i : best;
            }
            return best;
        }

        private Box with(Box other) {
            double share = (double) windows / (windows + other.windows);
            double[] sums = scores.clone();
            for (int i = 0; i < sums.length; i++) {
                sums[i] += other.scores[i];
            }
            return new Box(
                    other.left + share * (left - other.left),
                    other.top + share * (top - other.top),
                    other.right + share * (right - other.right),
                    other.bottom + share * (bottom - other.bottom),
                    sums,
                    windows + other.windows);
        }

        private double match(Box other) {
            double distance =
                    Math.hypot(left + right - other.left - other.right, top + bottom - other.top - other.bottom);
            double sides = (width() + height() + other.width() + other.height()) / 2;
            double wide = Math.min(right, other.right) - Math.max(left, other.left);
            double high = Math.min(bottom, other.bottom) - Math.max(top, other.top);
            double shared = Math.max(0, wide) * Math.max(0, high);
            return distance / sides + 1 - shared / (width() * height() + other.width() * other.height() - shared);
        }
    }

    List<Box> merged(List<Box> boxes) {
        List<Box> left = new ArrayList<>(boxes);
        while (true) {
            int first = -1;
            int second = -1;
            double least = limit;
            for (int i = 0; i < left.size(); i++) {
                for (int j = i + 1; j < left.size(); j++) {
                    double match = left.get(i).match(left.get(j));
                    if (match <= least) {
                        least = match;
                        first = i;
                        second = j;
                    }
                }
            }
            if (first < 0) {
                return left;
            }
            Box removed = left.remove(second);
            left.set(first, left.get(first).with(removed));
        }
    }
}

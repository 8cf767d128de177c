package org.menagerie.spi.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Names that a mistyped name may have meant. */
public final class Suggestions {
    private Suggestions() {}

    /** A clause such as {@code  (did you mean 'lenet'?)}, with a space before it; empty if nothing is near. */
    public static String didYouMean(String name, Collection<String> known) {
        List<String> near = near(name, known);
        return near.isEmpty() ? "" : " (did you mean '" + String.join("' or '", near) + "'?)";
    }

    /**
     * Up to three known names, nearest first, within an edit distance of a third of the name's length, and not far behind
     * the nearest; or names that begin so.
     */
    public static List<String> near(String name, Collection<String> known) {
        int nearest = known.stream()
                .mapToInt(candidate -> distance(name, candidate))
                .min()
                .orElse(0);
        int limit = Math.min(name.length() / 3, nearest > name.length() ? 0 : 2 * nearest + 1);
        return known.stream()
                .filter(candidate ->
                        distance(name, candidate) <= limit || (name.length() >= 3 && candidate.startsWith(name)))
                .sorted(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(3)
                .toList();
    }

    /** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours. */
    static int distance(String a, String b) {
        if (Math.max(a.length(), b.length()) > 200) {
            return Integer.MAX_VALUE;
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : edit(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int edit(int[][] d, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}

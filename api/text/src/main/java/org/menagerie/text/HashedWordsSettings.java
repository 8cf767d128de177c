package org.menagerie.text;

import org.jspecify.annotations.Nullable;

/**
 * How texts become the numbers of hashed words.
 *
 * @param input the network's input, i64[N,T]
 * @param buckets how many numbers there are, padding included, at least 2
 * @param ngrams the longest run of neighbouring words that has a number of its own; 2 by default
 * @param lowerCase whether capital letters are taken as small ones; true by default
 * @param maxWords words of a text that are read, the others are left out; 1,000 by default
 */
public record HashedWordsSettings(
        String input,
        int buckets,
        @Nullable Integer ngrams,
        @Nullable Boolean lowerCase,
        @Nullable Integer maxWords) {
    private static final int USUAL_NGRAMS = 2;
    private static final int USUAL_WORDS = 1_000;

    public HashedWordsSettings {
        requireAtLeast("buckets", buckets, 2);
        requireAtLeast("ngrams", ngrams, 1);
        requireAtLeast("maxWords", maxWords, 1);
    }

    private static void requireAtLeast(String name, @Nullable Integer value, int least) {
        if (value != null && value < least) {
            throw new IllegalArgumentException("%s must be at least %d, not %d".formatted(name, least, value));
        }
    }

    int ngramsOrDefault() {
        return ngrams == null ? USUAL_NGRAMS : ngrams;
    }

    boolean lowerCaseOrDefault() {
        return lowerCase == null || lowerCase;
    }

    int maxWordsOrDefault() {
        return maxWords == null ? USUAL_WORDS : maxWords;
    }
}

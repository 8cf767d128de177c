package org.menagerie.text;

/**
 * A text as a network reads it.
 *
 * @param ids the tokens' numbers in the vocabulary, special tokens included
 * @param types for each token the segment it belongs to: 0, or 1 in the second text of a pair
 */
public record Tokens(long[] ids, long[] types) {
    /** The number of tokens. */
    public int length() {
        return ids.length;
    }
}

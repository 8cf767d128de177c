package org.menagerie.decoding;

/**
 * Diverse beam search (Vijayakumar 2016): the beam is split into groups, which choose one after the other in each step; a
 * continuation counts less in a group by {@code strength} for each time that earlier groups chose its token in this step. Log
 * probabilities stay the network's own.
 *
 * @param groups of equal width; 1 for an ordinary beam
 * @param strength natural logarithm, 0 or more
 */
public record Diversity(int groups, double strength) {
    /** One group. */
    public static final Diversity NONE = new Diversity(1, 0);

    public Diversity {
        if (groups < 1 || !(strength >= 0 && Double.isFinite(strength))) {
            throw new IllegalArgumentException(
                    "%d groups of diversity %s; expected 1 or more, of 0 or more".formatted(groups, strength));
        }
    }
}

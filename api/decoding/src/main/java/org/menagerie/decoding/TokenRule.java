package org.menagerie.decoding;

/**
 * Forbids or reweights tokens by what a hypothesis has said so far. What a rule changes decides which tokens are chosen;
 * log probabilities stay the network's own.
 */
@FunctionalInterface
public interface TokenRule {
    /**
     * Changes the logits of the next token.
     *
     * @param input the input that the hypothesis is of
     * @param said its tokens, without the start token
     * @param logits of every token, to be changed in place; -∞ forbids a token
     */
    void apply(int input, int[] said, float[] logits);
}

package org.menagerie.text.generation;

import java.util.List;
import java.util.Optional;

/**
 * A text that a network wrote.
 *
 * @param text its tokens, joined as the card says
 * @param tokens without start and end
 * @param score what texts are ranked by: the log probability after the length penalty
 * @param logProbability natural logarithm, the end token's included
 * @param logProbabilities of each token, natural logarithms; the end token's is last where one was written
 * @param ended whether it ended by itself, not by reaching the greatest length
 * @param attention what the network looked at; only where the settings ask for it
 */
public record GeneratedText(
        String text,
        List<String> tokens,
        double score,
        double logProbability,
        List<Double> logProbabilities,
        boolean ended,
        Optional<AttentionMap> attention) {
    public GeneratedText {
        tokens = List.copyOf(tokens);
        logProbabilities = List.copyOf(logProbabilities);
    }
}

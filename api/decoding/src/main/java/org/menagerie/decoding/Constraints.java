package org.menagerie.decoding;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Limits on the texts of a search, beside what the network finds probable.
 *
 * @param rules applied to every step's logits, in order
 * @param stop whether a text ends after these tokens, as it does after the end token
 */
public record Constraints(List<TokenRule> rules, Predicate<int[]> stop) {
    /** No constraints. */
    public static final Constraints NONE = new Constraints(List.of(), said -> false);

    public Constraints {
        rules = List.copyOf(rules);
    }

    /** These constraints and one more rule. */
    public Constraints with(TokenRule rule) {
        return new Constraints(Stream.concat(rules.stream(), Stream.of(rule)).toList(), stop);
    }

    /** Returns whether a text ends after its tokens, which are put together only if there is a stop. */
    boolean stops(Supplier<int[]> said) {
        return stop != NONE.stop && stop.test(said.get());
    }
}

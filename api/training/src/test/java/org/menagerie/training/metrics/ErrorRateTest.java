package org.menagerie.training.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorRateTest {
    @Test
    void knownDistances() {
        assertThat(ErrorRate.distance(letters("kitten"), letters("sitting"))).isEqualTo(3);
        assertThat(ErrorRate.distance(letters("intention"), letters("execution")))
                .isEqualTo(5);
        assertThat(ErrorRate.distance(letters(""), letters("abc"))).isEqualTo(3);
        assertThat(ErrorRate.distance(letters("abc"), letters(""))).isEqualTo(3);
    }

    @Test
    void distancesEqualThePlainRecursion() {
        Random random = new Random(1);
        for (int trial = 0; trial < 200; trial++) {
            List<String> a = word(random);
            List<String> b = word(random);
            assertThat(ErrorRate.distance(a, b)).isEqualTo(recursive(a, b));
        }
    }

    @Test
    void ratesCountTokensAndSequencesAgainstTheBestReference() {
        ErrorRate rate = new ErrorRate();
        assertThat(rate.byToken()).isNaN();
        rate.add(letters("abc"), List.of(letters("xyz"), letters("abc")));
        rate.add(letters("ab"), List.of(letters("abcd"), letters("axb")));
        rate.add(letters("q"), List.of(letters("")));
        // Edits 0, 1 and 1 over 3, 3 and 0 tokens; two of three sequences are wrong.
        assertThat(rate.byToken()).isEqualTo(2 / 6.0);
        assertThat(rate.bySequence()).isEqualTo(2 / 3.0);
        assertThatThrownBy(() -> rate.add(letters("a"), List.of())).hasMessageContaining("at least one reference");
    }

    private static int recursive(List<String> a, List<String> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.size() + b.size();
        }
        List<String> restA = a.subList(1, a.size());
        List<String> restB = b.subList(1, b.size());
        if (a.get(0).equals(b.get(0))) {
            return recursive(restA, restB);
        }
        return 1 + Math.min(recursive(restA, restB), Math.min(recursive(restA, b), recursive(a, restB)));
    }

    private static List<String> word(Random random) {
        List<String> word = new ArrayList<>();
        random.ints(random.nextInt(7), 0, 3).forEach(i -> word.add(Integer.toString(i)));
        return word;
    }

    private static List<String> letters(String word) {
        return Stream.of(word.split("")).filter(letter -> !letter.isEmpty()).toList();
    }
}

package org.menagerie.studio.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** BLEU-4 against values that were computed by hand from counted n-grams. */
class BleuTest {
    private final Bleu bleu = new Bleu(4);

    private void add(String text, String reference) {
        bleu.add(List.of(text.split(" ")), List.of(reference.split(" ")));
    }

    @Test
    void isTheGeometricMeanOfClippedPrecisions() {
        // 5 of 6 words (the second "the" is clipped), 3 of 5 pairs, 2 of 4 triples, 1 of 3 quadruples.
        add("the cat sat on the mat", "the cat sat on a mat");
        assertThat(bleu.score()).isCloseTo(0.537285, within(1e-6));
        // A second text: 7 of 8, 4 of 6, 2 of 4, 1 of 3, and 8 words for 10: a penalty of exp(-1/4).
        add("a dog", "a dog runs fast");
        assertThat(bleu.score()).isCloseTo(0.434878, within(1e-6));
    }

    @Test
    void isOneForEqualTextsAndZeroWithoutACommonQuadruple() {
        add("two bags left of a shirt", "two bags left of a shirt");
        assertThat(bleu.score()).isEqualTo(1);
        Bleu other = new Bleu(4);
        other.add(List.of("the", "the", "the", "the"), List.of("the", "cat"));
        assertThat(other.score()).isZero();
    }
}

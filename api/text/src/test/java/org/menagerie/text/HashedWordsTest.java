package org.menagerie.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;

class HashedWordsTest {
    /** The published FNV-1a hashes of 32 bits: "a" is e40c292c, "foobar" is bf9cf968. */
    @Test
    void numbersAreThePublishedHashes() {
        long buckets = 1_000_003;
        HashedWordsSettings settings = new HashedWordsSettings("tokens", (int) buckets, 1, null, null);
        assertThat(numbers(settings, "a foobar"))
                .containsExactly(1 + 0xE40C292CL % (buckets - 1), 1 + 0xBF9CF968L % (buckets - 1));
    }

    @Test
    void wordsThenPairs() {
        HashedWordsSettings both = settings(2, null);
        long[] numbers = numbers(both, "Don't pay 42€");
        assertThat(numbers).hasSize(6 + 5);
        assertThat(numbers).startsWith(numbers(settings(1, null), "don ' t pay 42 €"));
        assertThat(numbers(both, "pay 42")).contains(numbers[9]).doesNotContain(numbers[8]);
    }

    @Test
    void capitalsAndFormsOfUnicodeAreAlikeUnlessAsked() {
        assertThat(numbers(settings(1, null), "ＦＲＥＥ")).isEqualTo(numbers(settings(1, null), "free"));
        HashedWordsSettings cased = new HashedWordsSettings("tokens", 5_000, 1, false, null);
        assertThat(numbers(cased, "Free")).isNotEqualTo(numbers(cased, "free"));
    }

    @Test
    void batchesArePaddedAndLongTextsAreCut() {
        HashedWordsSettings settings = settings(2, 3);
        try (Prepared prepared = new HashedWords(settings).prepare(List.of("one", "", "one two three four five"))) {
            Tensor tokens = Objects.requireNonNull(prepared.tensors().get("tokens"));
            assertThat(tokens.shape().dims()).containsExactly(3, 5);
            assertThat(tokens.longs().get(0))
                    .isPositive()
                    .isEqualTo(tokens.longs().get(10));
            for (int i = 1; i < 10; i++) {
                assertThat(tokens.longs().get(i)).isZero();
            }
        }
    }

    @Test
    void theEmptyTextAloneHasOneColumnOfPadding() {
        assertThat(numbers(settings(2, null), "")).containsExactly(0);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new HashedWordsSettings("tokens", 1, null, null, null))
                .hasMessage("buckets must be at least 2, not 1");
        assertThatThrownBy(() -> settings(0, null)).hasMessage("ngrams must be at least 1, not 0");
        assertThatThrownBy(() -> settings(1, 0)).hasMessage("maxWords must be at least 1, not 0");
    }

    private static HashedWordsSettings settings(int ngrams, @Nullable Integer maxWords) {
        return new HashedWordsSettings("tokens", 5_000, ngrams, null, maxWords);
    }

    private static long[] numbers(HashedWordsSettings settings, String text) {
        try (Prepared prepared = new HashedWords(settings).prepare(List.of(text))) {
            Tensor tokens = Objects.requireNonNull(prepared.tensors().get("tokens"));
            long[] numbers = new long[tokens.size()];
            tokens.longs().get(numbers);
            return numbers;
        }
    }
}

package org.menagerie.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PoolingTest {
    /** Two sequences of three tokens of two numbers; the second has one token, the padding is poison. */
    private static final float[] STATES = {1, -2, 3, -4, 5, -9, 7, 8, Float.NaN, 99, 99, Float.NaN};

    private static final long[] MASK = {1, 1, 1, 1, 0, 0};

    @Test
    void paddingHasNoSay() {
        assertThat(Pooling.MEAN.pool(STATES, MASK, 2, 2)).containsExactly(3, -5, 7, 8);
        assertThat(Pooling.MAX.pool(STATES, MASK, 2, 2)).containsExactly(5, -2, 7, 8);
        assertThat(Pooling.CLS.pool(STATES, MASK, 2, 2)).containsExactly(1, -2, 7, 8);
        assertThat(Pooling.MEAN.pool(STATES, new long[6], 2, 2)).containsExactly(0, 0, 0, 0);
    }

    @Test
    void vectorsOfLengthOne() {
        float[] vectors = {3, 4, 0, 0, 1e-30f, 0};
        Pooling.normalize(vectors, 2);
        assertThat(vectors).usingComparatorWithPrecision(1e-6f).containsExactly(.6f, .8f, 0, 0, 1, 0);
    }

    @Test
    void cosineOfKnownAngles() {
        assertThat(Pooling.cosine(new float[] {1, 0}, new float[] {5, 5})).isCloseTo(Math.sqrt(.5), within(1e-12));
        assertThat(Pooling.cosine(new float[] {1, 2}, new float[] {-2, -4})).isCloseTo(-1, within(1e-12));
        assertThat(Pooling.cosine(new float[] {0, 0}, new float[] {1, 1})).isZero();
        assertThatThrownBy(() -> Pooling.cosine(new float[2], new float[3])).hasMessageContaining("2 and 3");
    }
}

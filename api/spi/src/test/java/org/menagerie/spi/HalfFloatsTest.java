package org.menagerie.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** NumPy's {@code float16} and the definition of bfloat16, as the upper half of a float32, are the references. */
class HalfFloatsTest {
    @Test
    void everyFloat16ComesBackAsItWas() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = HalfFloats.ofFloat16((short) bits);
            if (Float.isNaN(value)) {
                assertThat(Float.isNaN(HalfFloats.ofFloat16(HalfFloats.toFloat16(value))))
                        .isTrue();
            } else {
                assertThat(HalfFloats.toFloat16(value)).as("%x", bits).isEqualTo((short) bits);
            }
        }
        assertThat(HalfFloats.ofFloat16((short) 0x0001)).isEqualTo(0x1p-24f);
        assertThat(HalfFloats.ofFloat16((short) 0x03ff)).isEqualTo(6.097555e-5f);
        assertThat(HalfFloats.ofFloat16((short) 0x3555)).isEqualTo(0.33325195f);
        assertThat(HalfFloats.ofFloat16((short) 0x7bff)).isEqualTo(65504f);
        assertThat(HalfFloats.ofFloat16((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    @Test
    void everyBfloat16ComesBackAsItWas() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = HalfFloats.ofBfloat16((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(HalfFloats.toBfloat16(value)).as("%x", bits).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void tiesGoToTheEvenNeighbour() {
        assertThat(HalfFloats.toFloat16(2049)).isEqualTo(HalfFloats.toFloat16(2048));
        assertThat(HalfFloats.toFloat16(2051)).isEqualTo(HalfFloats.toFloat16(2052));
        assertThat(HalfFloats.toFloat16(0x1p-25f)).isZero();
        assertThat(HalfFloats.toFloat16(0x1.8p-25f)).isEqualTo((short) 1);
        assertThat(HalfFloats.toFloat16(0x3p-25f)).isEqualTo((short) 2);
        assertThat(HalfFloats.toFloat16(65519.99f)).isEqualTo((short) 0x7bff);
        assertThat(HalfFloats.toFloat16(65520)).isEqualTo((short) 0x7c00);
        assertThat(HalfFloats.toBfloat16(Float.intBitsToFloat(0x3f808000))).isEqualTo((short) 0x3f80);
        assertThat(HalfFloats.toBfloat16(Float.intBitsToFloat(0x3f818000))).isEqualTo((short) 0x3f82);
        assertThat(HalfFloats.toBfloat16(-Float.MAX_VALUE)).isEqualTo((short) 0xff80);
        assertThat(Float.isNaN(HalfFloats.ofBfloat16(HalfFloats.toBfloat16(Float.NaN))))
                .isTrue();
    }
}

package org.menagerie.vision.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

/** Against {@code scipy.ndimage.gaussian_filter}. */
class GaussianTest {
    private static final float[] PLANE = {1, 5, 2, 8, 3, 0, 9, 4, 7, 6, 1, 2};

    private static void same(float[] found, double... expected) {
        assertThat(found).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[i]).as("element %d", i).isEqualTo(expected[i], offset(1e-5));
        }
    }

    @Test
    void smooths() {
        same(
                new Gaussian(0.8).smooth(PLANE, 4, 3),
                2.2203397,
                3.29686968,
                4.47590348,
                6.00688714,
                3.35274516,
                3.54813398,
                4.45146388,
                4.64765699,
                5.45058844,
                4.45036023,
                3.32241293,
                2.7766384);
    }

    @Test
    void derivesToTheRightAndDownwards() {
        same(
                new Gaussian(1).rising(PLANE, 4, 3),
                0.46855978,
                1.01389374,
                1.20040506,
                0.6550711,
                0.05989299,
                0.35956542,
                0.4438945,
                0.14422207,
                -0.39387934,
                -0.76765419,
                -0.58114287,
                -0.20736802);
        same(
                new Gaussian(1).falling(PLANE, 4, 3),
                0.46153215,
                0.17543247,
                -0.09707763,
                -0.53988699,
                1.4168328,
                0.55430814,
                -0.55430814,
                -1.4168328,
                0.95530065,
                0.37887566,
                -0.45723051,
                -0.87694581);
    }
}

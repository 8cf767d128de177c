package org.menagerie.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measures how far colours are apart, with the matrices of Machado et al. 2009 for people who lack a kind of cones. */
class ClassColorsTest {
    private static final double[][][] EYES = {
        {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
        {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
        {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
        {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}
    };
    private static final double[][] TO_XYZ = {
        {0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}
    };

    @ParameterizedTest
    @CsvSource({"8, 27", "10, 22", "20, 19"})
    void coloursAreAsFarApartAsStated(int first, double least) {
        for (double[][] eye : EYES) {
            for (int i = 0; i < first; i++) {
                for (int j = 0; j < i; j++) {
                    assertThat(distance(ClassColors.of(i), ClassColors.of(j), eye))
                            .as("colours %d and %d", i, j)
                            .isGreaterThan(least);
                }
            }
        }
    }

    @Test
    void aClassHasTheColourOfItsPlaceWhateverTheAnswer() {
        List<String> labels = List.of("T-shirt/top", "Pullover", "Shirt");
        assertThat(new ClassColors(labels).place("Shirt")).isEqualTo(2);
        assertThat(new ClassColors(labels).place("unknown")).isGreaterThan(2);
        assertThat(ClassColors.of(20)).isEqualTo(ClassColors.of(0));
        assertThat(ClassColors.isRepeated(20)).isTrue();
        assertThat(ClassColors.isRepeated(19)).isFalse();
    }

    private static double distance(Color a, Color b, double[][] eye) {
        double[] first = lab(a, eye);
        double[] second = lab(b, eye);
        return Math.sqrt(Math.pow(first[0] - second[0], 2)
                + Math.pow(first[1] - second[1], 2)
                + Math.pow(first[2] - second[2], 2));
    }

    private static double[] lab(Color color, double[][] eye) {
        double[] seen =
                times(eye, new double[] {linear(color.getRed()), linear(color.getGreen()), linear(color.getBlue())});
        for (int i = 0; i < 3; i++) {
            seen[i] = Math.min(Math.max(seen[i], 0), 1);
        }
        double[] xyz = times(TO_XYZ, seen);
        double x = root(xyz[0] / 0.95047);
        double y = root(xyz[1]);
        double z = root(xyz[2] / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double linear(int sample) {
        double c = sample / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static double root(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                product[i] += matrix[i][k] * vector[k];
            }
        }
        return product;
    }
}

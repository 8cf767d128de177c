package org.menagerie.training.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.training.metrics.CocoCases.Case;

/** COCO's twelve figures against a second implementation, and against what COCO's own evaluation code gives. */
class CocoFiguresTest {
    private static final int CASES = 500;

    @Test
    void equalTheDefinitionOnRandomCases() {
        int[] numbers = new int[12];
        for (int seed = 0; seed < CASES; seed++) {
            Case subject = CocoCases.of(seed);
            double[] expected = new CocoDefinition(subject).figures();
            double[] found = figures(subject);
            for (int i = 0; i < expected.length; i++) {
                numbers[i] += Double.isNaN(expected[i]) ? 0 : 1;
                if (!(Double.isNaN(expected[i]) && Double.isNaN(found[i]))) {
                    assertThat(found[i]).as("figure %d of case %d", i, seed).isCloseTo(expected[i], within(1e-12));
                }
            }
        }
        // Each figure was a number often enough to mean something.
        assertThat(Arrays.stream(numbers).min().orElse(0)).isGreaterThan(CASES / 3);
    }

    /** What pycocotools 2.0 gives for the same cases, where −1 stands for no number. */
    @ParameterizedTest(name = "case {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | 0.064356435644,0.128712871287,0.000000000000,0.000000000000,0.126237623762,-1.000000000000,"
                        + "0.062500000000,0.062500000000,0.062500000000,0.000000000000,0.125000000000,-1.000000000000",
                "17 | 0.900000000000,1.000000000000,1.000000000000,-1.000000000000,-1.000000000000,0.900000000000,"
                        + "0.800000000000,1.000000000000,1.000000000000,-1.000000000000,-1.000000000000,1.000000000000",
                "42 | 0.075000000000,0.250000000000,0.000000000000,-1.000000000000,0.150000000000,-1.000000000000,"
                        + "0.000000000000,0.400000000000,0.400000000000,-1.000000000000,0.400000000000,-1.000000000000",
                "77 | 0.025832693321,0.054164362039,0.019493286715,0.006996699670,0.122791922049,-1.000000000000,"
                        + "0.133333333333,0.284722222222,0.284722222222,0.105555555556,0.516666666667,-1.000000000000",
                "101 | 0.076670792079,0.126031353135,0.078382838284,0.070132013201,0.010099009901,0.800000000000,"
                        + "0.068750000000,0.152083333333,0.152083333333,0.183333333333,0.050000000000,0.800000000000",
                "256 | 0.284260969882,0.672972654408,0.166851447049,-1.000000000000,0.354179494304,-1.000000000000,"
                        + "0.141666666667,0.600000000000,0.825000000000,-1.000000000000,0.825000000000,-1.000000000000"
            })
    void equalThoseOfCocosOwnCode(int seed, String stated) {
        double[] expected = Arrays.stream(stated.split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
        double[] found = DoubleStream.of(figures(CocoCases.of(seed)))
                .map(figure -> Double.isNaN(figure) ? -1 : figure)
                .toArray();
        assertThat(found).containsExactly(expected, within(1e-9));
    }

    private static double[] figures(Case subject) {
        AveragePrecision precision = new AveragePrecision(subject.classes());
        subject.pictures().forEach(picture -> precision.add(picture.detections(), picture.truths()));
        return new double[] {
            precision.at50To95(),
            precision.at50(),
            precision.at75(),
            precision.at50To95(ObjectSize.SMALL),
            precision.at50To95(ObjectSize.MEDIUM),
            precision.at50To95(ObjectSize.LARGE),
            precision.recall(ObjectSize.ALL, 1),
            precision.recall(ObjectSize.ALL, 10),
            precision.recall(ObjectSize.ALL, 100),
            precision.recall(ObjectSize.SMALL, 100),
            precision.recall(ObjectSize.MEDIUM, 100),
            precision.recall(ObjectSize.LARGE, 100)
        };
    }
}

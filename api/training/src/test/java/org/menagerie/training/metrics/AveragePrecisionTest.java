package org.menagerie.training.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.menagerie.training.metrics.AveragePrecision.Detection;
import org.menagerie.training.metrics.AveragePrecision.Truth;

class AveragePrecisionTest {
    private static final Box TEN = new Box(0, 0, 10, 10);
    private static final Box FAR = new Box(50, 50, 60, 60);

    private final AveragePrecision ap = new AveragePrecision(2);

    @Test
    void iouOfKnownBoxes() {
        assertThat(TEN.iou(new Box(5, 0, 15, 10))).isEqualTo(50 / 150.0);
        assertThat(TEN.iou(new Box(10, 0, 20, 10))).isZero();
        assertThat(TEN.iou(TEN)).isEqualTo(1);
        assertThat(new Box(1, 1, 1, 1).iou(new Box(1, 1, 1, 1))).isZero();
    }

    @Test
    void nothingToFindIsNotANumberAndNothingFoundIsZero() {
        ap.add(List.of(new Detection(0, .9, TEN)), List.of());
        assertThat(ap.at50()).isNaN();
        ap.add(List.of(), List.of(new Truth(0, TEN)));
        assertThat(ap.at50()).isZero();
        assertThat(ap.at50To95()).isZero();
    }

    @Test
    void perfectDetectionsAreOne() {
        ap.add(
                List.of(new Detection(0, .3, FAR), new Detection(0, .9, TEN), new Detection(1, .5, TEN)),
                List.of(new Truth(0, TEN), new Truth(0, FAR), new Truth(1, TEN)));
        assertThat(ap.at50To95()).isCloseTo(1, within(1e-12));
    }

    @Test
    void aFalseAlarmBeforeTheSecondHitCostsItsRecalls() {
        // Hit, miss, hit of two objects: precision 1 up to recall .5 (51 points), 2/3 beyond (50 points).
        ap.add(
                List.of(
                        new Detection(0, .9, TEN),
                        new Detection(0, .8, new Box(20, 20, 30, 30)),
                        new Detection(0, .7, FAR)),
                List.of(new Truth(0, TEN), new Truth(0, FAR)));
        assertThat(ap.at50()).isCloseTo((51 + 50 * 2 / 3.0) / 101, within(1e-12));
        assertThat(ap.at50(1)).isNaN();
    }

    @Test
    void theSecondDetectionOfAnObjectIsAFalseAlarm() {
        ap.add(
                List.of(new Detection(0, .9, TEN), new Detection(0, .8, TEN), new Detection(0, .7, FAR)),
                List.of(new Truth(0, TEN), new Truth(0, FAR)));
        assertThat(ap.at50()).isCloseTo((51 + 50 * 2 / 3.0) / 101, within(1e-12));
    }

    @Test
    void looseBoxesPassOnlyTheLowThresholds() {
        // IoU .72: right at .5 to .7, five thresholds of ten.
        ap.add(List.of(new Detection(0, .9, new Box(0, 0, 10, 7.2))), List.of(new Truth(0, TEN)));
        assertThat(ap.at50()).isCloseTo(1, within(1e-12));
        assertThat(ap.at50To95()).isCloseTo(.5, within(1e-12));
    }

    @Test
    void detectionsInACrowdDoNotCount() {
        Truth crowd = new Truth(0, new Box(100, 100, 200, 200), true);
        ap.add(
                List.of(
                        new Detection(0, .9, new Box(110, 110, 120, 120)),
                        new Detection(0, .8, new Box(150, 150, 170, 170)),
                        new Detection(0, .7, TEN)),
                List.of(crowd, new Truth(0, TEN)));
        assertThat(ap.at50()).isCloseTo(1, within(1e-12));
    }

    @Test
    void onlyTheHundredBestOfAnImageCount() {
        List<Detection> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(new Detection(0, .9, FAR));
        }
        many.add(new Detection(0, .1, TEN));
        ap.add(many, List.of(new Truth(0, TEN)));
        assertThat(ap.at50()).isZero();
    }
}

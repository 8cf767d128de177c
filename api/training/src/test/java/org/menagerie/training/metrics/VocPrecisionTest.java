package org.menagerie.training.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.menagerie.training.metrics.AveragePrecision.Detection;
import org.menagerie.training.metrics.AveragePrecision.Truth;

class VocPrecisionTest {
    private static final Box TEN = new Box(0, 0, 10, 10);
    private static final Box FAR = new Box(50, 50, 60, 60);

    private final VocPrecision voc = new VocPrecision(2);

    /** Hit, miss, hit of two objects: precision 1 up to recall .5, 2/3 beyond. */
    @Test
    void aFalseAlarmCostsTheRecallsBehindIt() {
        voc.add(
                List.of(
                        new Detection(0, .9, TEN),
                        new Detection(0, .8, new Box(20, 20, 30, 30)),
                        new Detection(0, .7, FAR)),
                List.of(new Truth(0, TEN), new Truth(0, FAR)));
        assertThat(voc.elevenPoints()).isCloseTo((6 + 5 * 2 / 3.0) / 11, within(1e-12));
        assertThat(voc.area()).isCloseTo(.5 + .5 * 2 / 3, within(1e-12));
    }

    /** The better object is taken, so the detection is a false alarm, where COCO's rule would give it the other one. */
    @Test
    void aDetectionGoesToItsNearestObjectTakenOrNot() {
        Box beside = new Box(0, 0, 10, 8);
        List<Detection> found = List.of(new Detection(0, .9, TEN), new Detection(0, .8, TEN));
        List<Truth> present = List.of(new Truth(0, TEN), new Truth(0, beside));
        voc.add(found, present);
        AveragePrecision coco = new AveragePrecision(2);
        coco.add(found, present);
        assertThat(coco.at50()).isCloseTo(1, within(1e-12));
        assertThat(voc.area()).isCloseTo(.5, within(1e-12));
        assertThat(voc.elevenPoints()).isCloseTo(6 / 11.0, within(1e-12));
    }

    @Test
    void difficultObjectsDoNotCount() {
        voc.add(
                List.of(new Detection(0, .9, FAR), new Detection(0, .8, TEN), new Detection(1, .8, TEN)),
                List.of(new Truth(0, FAR, true), new Truth(0, TEN)));
        assertThat(voc.area()).isCloseTo(1, within(1e-12));
    }

    @Test
    void withoutObjectsThereIsNoFigureAndEmptyBoxesFindNothing() {
        voc.add(List.of(new Detection(0, .9, TEN)), List.of());
        assertThat(voc.elevenPoints()).isNaN();
        assertThat(voc.area()).isNaN();
        Box empty = new Box(5, 5, 5, 5);
        voc.add(List.of(new Detection(0, .9, empty)), List.of(new Truth(0, empty)));
        assertThat(voc.elevenPoints()).isZero();
    }

    /** More than the hundred detections that COCO counts. */
    @Test
    void everyDetectionCounts() {
        List<Detection> found = java.util.stream.IntStream.range(0, 150)
                .mapToObj(i -> new Detection(0, 1 - i / 1000.0, i == 149 ? TEN : FAR))
                .toList();
        voc.add(found, List.of(new Truth(0, TEN)));
        assertThat(voc.area()).isCloseTo(1 / 150.0, within(1e-12));
    }
}

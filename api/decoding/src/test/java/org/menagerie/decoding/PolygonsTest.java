package org.menagerie.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PolygonsTest {
    private static final double[] SQUARE = {0, 0, 4, 0, 4, 4, 0, 4};
    private static final double[] ARROW = {0, 0, 10, 0, 5, 4, 10, 10, 0, 10};

    @Test
    void hullOfKnownPoints() {
        assertThat(Polygons.convexHull(new double[] {2, 2, 0, 0, 4, 0, 2, 0, 4, 4, 0, 4, 1, 3, 0, 0}))
                .containsExactly(0, 0, 4, 0, 4, 4, 0, 4);
        assertThat(Polygons.convexHull(new double[] {1, 1, 1, 1})).containsExactly(1, 1);
        assertThat(Polygons.convexHull(new double[] {3, 3, 1, 1, 2, 2})).containsExactly(1, 1, 3, 3);
        assertThatThrownBy(() -> Polygons.convexHull(new double[] {0, Double.NaN}))
                .hasMessageContaining("NaN");
    }

    @Test
    void theSmallestRectangleIsFoundAtAnyAngle() {
        var random = new SplittableRandom(2);
        for (int trial = 0; trial < 200; trial++) {
            var rectangle = new RotatedRectangle(
                    random.nextInt(100),
                    random.nextInt(100),
                    20 + random.nextInt(50),
                    1 + random.nextInt(15),
                    random.nextDouble() * 7);
            double[] points = Arrays.copyOf(rectangle.corners(), 48);
            for (int i = 8; i < points.length; i += 2) {
                double along = (random.nextDouble() - .5) * rectangle.width();
                double across = (random.nextDouble() - .5) * rectangle.height();
                points[i] = rectangle.centreX()
                        + along * Math.cos(rectangle.angle())
                        - across * Math.sin(rectangle.angle());
                points[i + 1] = rectangle.centreY()
                        + along * Math.sin(rectangle.angle())
                        + across * Math.cos(rectangle.angle());
            }
            var found = RotatedRectangle.around(points);
            assertThat(found.area()).isCloseTo(rectangle.area(), within(1e-6));
            assertThat(Polygons.iou(found.corners(), rectangle.corners())).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void noRectangleAlongAnyAngleIsSmaller() {
        var random = new SplittableRandom(8);
        for (int trial = 0; trial < 100; trial++) {
            double[] points = random.doubles(6 + 2 * random.nextInt(20), 0, 100).toArray();
            double area = RotatedRectangle.around(points).area();
            for (double angle = 0; angle < Math.PI; angle += .01) {
                double u0 = 1e9, u1 = -1e9, v0 = 1e9, v1 = -1e9;
                for (int i = 0; i < points.length; i += 2) {
                    double u = points[i] * Math.cos(angle) + points[i + 1] * Math.sin(angle);
                    double v = points[i + 1] * Math.cos(angle) - points[i] * Math.sin(angle);
                    u0 = Math.min(u0, u);
                    u1 = Math.max(u1, u);
                    v0 = Math.min(v0, v);
                    v1 = Math.max(v1, v);
                }
                assertThat((u1 - u0) * (v1 - v0)).isGreaterThan(area - 1e-6);
            }
        }
    }

    @Test
    void flatPointSetsHaveAFlatRectangle() {
        assertThat(RotatedRectangle.around(new double[] {1, 1, 4, 5}).width()).isCloseTo(5, within(1e-9));
        assertThat(RotatedRectangle.around(new double[] {1, 1, 4, 5}).shortSide())
                .isCloseTo(0, within(1e-9));
        assertThat(RotatedRectangle.around(new double[] {7, 8}).area()).isZero();
    }

    @Test
    void overlapOfConvexPolygons() {
        double[] shifted = {2, 2, 6, 2, 6, 6, 2, 6};
        double[] turned = {2, 6, 6, 6, 6, 2, 2, 2};
        assertThat(Polygons.iou(SQUARE, shifted)).isCloseTo(4 / 28.0, within(1e-12));
        assertThat(Polygons.iou(SQUARE, turned)).isCloseTo(4 / 28.0, within(1e-12));
        assertThat(Polygons.iou(SQUARE, new double[] {9, 9, 10, 9, 10, 10})).isZero();
        assertThat(Polygons.iou(SQUARE, new double[] {1, 1, 1, 1, 1, 1})).isZero();
        double[] diamond = new RotatedRectangle(2, 2, 4, 4, Math.PI / 4).corners();
        assertThat(Polygons.area(Polygons.intersection(SQUARE, diamond)))
                .isCloseTo(32 * (Math.sqrt(2) - 1), within(1e-9));
    }

    @Test
    void offsetAddsAStripAndRoundCorners() {
        double[] grown = Polygons.offset(SQUARE, 1);
        assertThat(Polygons.area(grown)).isCloseTo(16 + 16 + Math.PI, within(.15));
        assertThat(Polygons.area(Polygons.offset(SQUARE, -1))).isCloseTo(4, within(1e-3));
        assertThat(Polygons.offset(SQUARE, -3)).isEmpty();
        double notch = Polygons.area(Polygons.offset(ARROW, 3));
        assertThat(notch).isLessThan(Polygons.area(ARROW) + 3 * Polygons.perimeter(ARROW) + 9 * Math.PI);
        assertThat(notch).isGreaterThan(Polygons.area(ARROW) + 100);
        var rectangle = new RotatedRectangle(5, 5, 8, 3, .4);
        double[] rounded = Polygons.offset(rectangle.corners(), 2);
        assertThat(Polygons.iou(
                        RotatedRectangle.around(rounded).corners(),
                        rectangle.grown(2).corners()))
                .isGreaterThan(.98);
    }

    @Test
    void meanInsideCountsTheBorder() {
        float[] values = new float[36];
        values[0] = 36;
        values[4 * 6 + 4] = 5;
        var map = new Grid(values, 1, 6, 6);
        assertThat(Polygons.mean(map, SQUARE)).isCloseTo(41 / 25.0, within(1e-9));
        assertThat(Polygons.mean(map, new double[] {-9, -9, -8, -9, -8, -8})).isZero();
        assertThat(Polygons.mean(map, new double[] {-9, -9, 90, -9, 90, 90, -9, 90}))
                .isCloseTo(41 / 36.0, within(1e-9));
    }
}

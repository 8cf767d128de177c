package org.menagerie.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ContoursTest {
    private static boolean[] mask(String... rows) {
        boolean[] mask = new boolean[rows.length * rows[0].length()];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = rows[i / rows[0].length()].charAt(i % rows[0].length()) == '#';
        }
        return mask;
    }

    @Test
    void aRingHasAnOuterBorderAndAHole() {
        boolean[] ring = mask("......", ".####.", ".#..#.", ".####.", "......");
        var contours = Contours.of(ring, 5, 6);
        assertThat(contours).hasSize(2);
        assertThat(contours.get(0).hole()).isFalse();
        assertThat(Polygons.area(contours.get(0).polygon())).isEqualTo(3 * 2);
        assertThat(contours.get(1).hole()).isTrue();
        assertThat(RotatedRectangle.around(contours.get(0).polygon()).area()).isCloseTo(6, within(1e-9));
    }

    @Test
    void thinThingsAreFollowedThereAndBack() {
        assertThat(Contours.of(mask("#"), 1, 1).get(0).points()).containsExactly(0, 0);
        assertThat(Contours.of(mask("####"), 1, 4)).hasSize(1);
        assertThat(Polygons.area(
                        Contours.of(mask("#...", ".#..", "..##"), 3, 4).get(0).polygon()))
                .isZero();
    }

    @Test
    void thereIsOneOuterContourForEachRegionAndOneHoleForEachHole() {
        var random = new SplittableRandom(4);
        for (int trial = 0; trial < 400; trial++) {
            int h = 1 + random.nextInt(14);
            int w = 1 + random.nextInt(14);
            boolean[] mask = new boolean[h * w];
            boolean[] outside = new boolean[(h + 2) * (w + 2)];
            Arrays.fill(outside, true);
            double density = random.nextDouble();
            for (int i = 0; i < mask.length; i++) {
                mask[i] = random.nextDouble() < density;
                outside[(i / w + 1) * (w + 2) + i % w + 1] = !mask[i];
            }
            var contours = Contours.of(mask, h, w);
            int regions = count(mask, h, w, true);
            assertThat(contours.stream().filter(c -> !c.hole()).count()).isEqualTo(regions);
            assertThat(contours.stream().filter(c -> c.hole()).count())
                    .isEqualTo(count(outside, h + 2, w + 2, false) - 1);
            assertThat(Regions.of(mask, h, w, Regions.Neighbours.CORNERS).count())
                    .isEqualTo(regions);
            Regions byEdges = Regions.of(mask, h, w, Regions.Neighbours.EDGES);
            assertThat(byEdges.count()).isEqualTo(count(mask, h, w, false));
            assertThat(Arrays.stream(byEdges.areas()).sum())
                    .isEqualTo(Arrays.stream(byEdges.labels())
                            .filter(label -> label > 0)
                            .count());
        }
    }

    /** Regions by flood fill. */
    private static int count(boolean[] mask, int h, int w, boolean corners) {
        boolean[] left = mask.clone();
        int regions = 0;
        for (int start = 0; start < left.length; start++) {
            if (!left[start]) {
                continue;
            }
            regions++;
            var queue = new ArrayDeque<Integer>();
            queue.add(start);
            left[start] = false;
            while (!queue.isEmpty()) {
                int at = queue.remove();
                for (int d = 0; d < 9; d++) {
                    int x = at % w + d % 3 - 1;
                    int y = at / w + d / 3 - 1;
                    if ((corners || d % 2 == 1) && x >= 0 && y >= 0 && x < w && y < h && left[y * w + x]) {
                        left[y * w + x] = false;
                        queue.add(y * w + x);
                    }
                }
            }
        }
        return regions;
    }

    @Test
    void regionsHaveAreasAndBounds() {
        Regions regions = Regions.of(mask("#.#", "##.", "..#"), 3, 3, Regions.Neighbours.EDGES);
        assertThat(regions.labels()).containsExactly(1, 0, 2, 1, 1, 0, 0, 0, 3);
        assertThat(regions.areas()).containsExactly(3, 1, 1);
        assertThat(regions.bounds()).startsWith(0, 0, 2, 2, 2, 0, 3, 1);
    }
}

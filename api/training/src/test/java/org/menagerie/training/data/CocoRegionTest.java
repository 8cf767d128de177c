package org.menagerie.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

/** The packed runs and the triangle's 40 pixels are those of pycocotools 2.0.11. */
class CocoRegionTest {
    private static final int WIDTH = 40;
    private static final int HEIGHT = 20;
    private static final String PACKED = "[1>600DM73IM7350000i6P3RIG1]M000h2V1";

    private static CocoRegion read(String json) throws JsonProcessingException {
        return JsonMapper.builder().build().readValue(json, CocoRegion.class);
    }

    private static long[] painted(CocoRegion region) {
        long[] plane = new long[WIDTH * HEIGHT];
        region.paint(plane, WIDTH, 1);
        return plane;
    }

    private static boolean in(int value, int from, int to) {
        return from <= value && value < to;
    }

    /** Two blocks, of which the first has a hole and the second a pixel and a bar missing. */
    private static long[] blocks() {
        long[] plane = new long[WIDTH * HEIGHT];
        for (int i = 0; i < plane.length; i++) {
            int x = i % WIDTH;
            int y = i / WIDTH;
            boolean left = in(x, 2, 9) && in(y, 3, 17) && !(in(x, 4, 6) && in(y, 5, 8));
            boolean right = in(x, 20, 38) && !(x == 25 && y == 10) && !(in(x, 30, 33) && in(y, 12, 14));
            plane[i] = left || right ? 1 : 0;
        }
        return plane;
    }

    @Test
    void packedAndPlainRunsGoDownTheColumns() throws JsonProcessingException {
        CocoRegion packed = read("{\"size\": [20, 40], \"counts\": \"%s\"}".formatted(PACKED));
        CocoRegion plain = read("""
                {"size": [20, 40], "counts": [43, 14, 6, 14, 6, 2, 3, 9, 6, 2, 3, 9, 6, 14, 6, 14, 6, 14, 223, 110, 1, 101,
                 2, 18, 2, 18, 2, 106, 40]}""");
        assertThat(packed.runs()).isEqualTo(plain.runs());
        assertThat(packed.area()).isEqualTo(445);
        assertThat(packed.fits(WIDTH, HEIGHT)).isTrue();
        assertThat(packed.fits(WIDTH, HEIGHT + 1)).isFalse();
        assertThat(painted(packed)).isEqualTo(blocks());
    }

    @Test
    void runsAreFoundAgain() throws JsonProcessingException {
        CocoRegion expected = read("{\"counts\": \"%s\"}".formatted(PACKED));
        assertThat(CocoRegion.where(blocks(), 1, WIDTH).runs()).isEqualTo(expected.runs());
    }

    @Test
    void polygonsCoverThePixelsWhoseCentresLieInside() throws JsonProcessingException {
        long[] plane = painted(read("[[4, 5, 12, 5, 12, 15]]"));
        int[] firstByRow = {4, 5, 6, 7, 8, 8, 9, 10, 11};
        for (int i = 0; i < plane.length; i++) {
            int row = i / WIDTH - 5;
            boolean inside = in(row, 0, 9) && in(i % WIDTH, firstByRow[Math.min(Math.max(row, 0), 8)], 12);
            assertThat(plane[i]).as("pixel %d", i).isEqualTo(inside ? 1 : 0);
        }
    }

    @Test
    void severalPolygonsAreOneRegion() throws JsonProcessingException {
        long[] plane = painted(read("[[0, 0, 2, 0, 2, 2, 0, 2], [1, 1, 3, 1, 3, 3, 1, 3]]"));
        assertThat(plane).contains(1);
        for (int i = 0; i < plane.length; i++) {
            int x = i % WIDTH;
            int y = i / WIDTH;
            boolean inside = (in(x, 0, 2) && in(y, 0, 2)) || (in(x, 1, 3) && in(y, 1, 3));
            assertThat(plane[i]).isEqualTo(inside ? 1 : 0);
        }
    }
}

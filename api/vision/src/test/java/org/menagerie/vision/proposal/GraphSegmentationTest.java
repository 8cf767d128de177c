package org.menagerie.vision.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against {@code felzenszwalb} of scikit-image 0.19.3, its segments numbered in reading order. */
class GraphSegmentationTest {
    private static final int WIDTH = 20;
    private static final int HEIGHT = 16;

    /** Blocks of five by four pixels with noise. */
    private static Planes picture(int channels) {
        List<float[]> planes = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            float[] plane = new float[WIDTH * HEIGHT];
            for (int i = 0; i < plane.length; i++) {
                int x = i % WIDTH;
                int y = i / WIDTH;
                int noise = (x * 73 + y * 151 + c * 199 + x * y * 37 + x * x * y * 11) % 61;
                plane[i] = 40 * ((x / 5 + 2 * (y / 4) + c) % 5) + noise;
            }
            planes.add(plane);
        }
        return new Planes(planes, WIDTH, HEIGHT);
    }

    private static String drawn(int[] segments) {
        return IntStream.range(0, HEIGHT)
                .mapToObj(y -> IntStream.range(0, WIDTH)
                        .mapToObj(x -> Integer.toString(segments[y * WIDTH + x], 36))
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void coloursAreSegmentedAsByTheReference() {
        assertThat(drawn(new GraphSegmentation(picture(3), 0.8).segments(100, 10)))
                .isEqualTo("""
                00000000001111122222
                00000000001111122222
                00000000001111122222
                00000000000000122222
                33333444445555566666
                33333444445555566666
                33333444445555566666
                33333444445555566666
                77777888888888888888
                77777888888888888888
                77777888888888888888
                77777888888888888888
                9999999999aaaaabbbbb
                9999999999aaaaabbbbb
                9999999999aaaaabbbbb
                9999999999aaaaabbbbb
                """);
    }

    @Test
    void graySegmentsAreThoseOfTheReference() {
        assertThat(drawn(new GraphSegmentation(picture(1), 0.5).segments(300, 5)))
                .isEqualTo("""
                00000000000000000000
                00000000000000000000
                00000000000000000000
                00000000000000000000
                00000000000000011111
                00000000000000011111
                00000000000000011111
                00000000000000011111
                22222333331111111111
                22222333331111111111
                22222333331111111111
                22222333331111111111
                44444444444444444444
                44444444444444444444
                44444444444444444444
                44444444444444444444
                """);
    }

    @Test
    void noToleranceLeavesUnequalPixelsApart() {
        int[] segments = new GraphSegmentation(picture(3), 0).segments(0, 1);
        assertThat(segments).containsExactly(IntStream.range(0, WIDTH * HEIGHT).toArray());
    }

    @Test
    void everySegmentHasTheLeastSize() {
        int[] segments = new GraphSegmentation(picture(3), 0).segments(1, 12);
        assertThat(IntStream.of(segments)
                        .boxed()
                        .collect(Collectors.groupingBy(s -> s, Collectors.counting()))
                        .values())
                .allMatch(count -> count >= 12);
    }
}

package org.menagerie.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.menagerie.decoding.Nms;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.RegionOps.Sample;
import org.menagerie.graph.Value;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Tensor;

/** Helpers around boxes and regions, against numbers of torchvision 0.14 and loops over their definitions. */
class RegionHelpersTest {
    private static final float[] REFERENCES = {2, 3, 10, 20, 5, 5, 9, 6};
    private static final float[] BOXES = {1, 5, 12, 18, 4, 4, 9, 9};
    private static final float[] REGIONS = {0, 0, 16, 12, 3.3f, 1.2f, 9.7f, 11, 5, 4, 5.5f, 4.2f, -3, 6, 20, 13};

    @Test
    void anchorsAreTorchvisions() {
        assertThat(run(Mode.INFERENCE, g -> g.anchors(1, 2, 8, List.of(8, 12), List.of(.5, 1.0, 2.0))))
                .containsExactly(
                        -6, -3, 6, 3, -8, -4, 8, 4, -4, -4, 4, 4, -6, -6, 6, 6, -3, -6, 3, 6, -4, -8, 4, 8, //
                        2, -3, 14, 3, 0, -4, 16, 4, 4, -4, 12, 4, 2, -6, 14, 6, 5, -6, 11, 6, 4, -8, 12, 8);
    }

    @Test
    void overlapsAreTorchvisions() {
        float[] found = run(Mode.INFERENCE, g -> g.iou(boxes(g, REFERENCES), boxes(g, BOXES)));
        assertThat(found).containsExactly(new float[] {.594286f, .183824f, .027972f, .16f}, within(1e-6f));
        assertThat(run(Mode.INFERENCE, g -> g.iou(boxes(g, 0, 0, 0, 0), boxes(g, 0, 0, 0, 0))))
                .containsExactly(0);
    }

    @Test
    void deltasAndBoxesAreTorchvisions() {
        float[] deltas = {.625f, 0, 1.59227f, -1.34132f, -1.25f, 10, 1.11572f, 8.04719f};
        assertThat(run(Mode.INFERENCE, g -> g.boxDeltas(boxes(g, BOXES), boxes(g, REFERENCES), 10, 5)))
                .containsExactly(deltas, within(1e-4f));
        assertThat(run(Mode.INFERENCE, g -> g.boxesFrom(g.mul(boxes(g, deltas), 3), boxes(g, REFERENCES), 10, 5)))
                .containsExactly(
                        new float[] {-2.89844f, 7.69896f, 17.8984f, 15.301f, 1.59375f, -22.75f, 9.40625f, 39.75f},
                        within(1e-3f));
        assertThat(run(
                        Mode.INFERENCE,
                        g -> g.boxesFrom(boxes(g, 0, 0, 50, 1, 0, 0, 1, 1), boxes(g, REFERENCES), 10, 5)))
                .as("a side grows to 1000/16 at most")
                .containsExactly(
                        new float[] {-244, 1.11808f, 256, 21.8819f, 4.55719f, 4.8893f, 9.44281f, 6.1107f},
                        within(1e-3f));
    }

    @ParameterizedTest
    @EnumSource
    void alignedRegionsAreTorchvisions(Mode mode) {
        assertThat(run(mode, g -> g.roiAlign(maps(g), regions(g), 2, 2, .5)))
                .containsExactly(
                        new float[] {
                            3.825f, 6, 4.3375f, 3.9875f, 7.2f, 2.43125f, 5.1875f, 4.8375f, //
                            5.99791f, 4.67905f, 6.0725f, 3.66f, 3.5875f, 7.235f, 4.33753f, 5.52f, //
                            2.725f, 2.05f, 2.375f, 1.7f, 6.1f, 5.425f, 5.75f, 5.075f, //
                            8.08662f, 1.49375f, 4.22656f, .55f, 5.04063f, 2.86563f, 2.12656f, 1.23594f
                        },
                        within(1e-4f));
    }

    @ParameterizedTest
    @EnumSource
    void pooledRegionsAreTorchvisions(Mode mode) {
        assertThat(run(mode, g -> g.roiMaxPool(maps(g), regions(g), 2, .5)))
                .containsExactly(
                        new float[] {
                            9.7f, 10, 9, 10, 9.9f, 9.9f, 9.8f, 9.5f, 9.7f, 7.7f, 8.3f, 5.6f, 6.2f, 9.9f, 9.8f, 7.8f, //
                            1.3f, 1.3f, 1.3f, 1.3f, 7.2f, 7.2f, 7.2f, 7.2f, 10, 8, 9.3f, 6.6f, 9.5f, 9.8f, 8.8f, 9.8f
                        },
                        within(1e-5f));
    }

    /** Against the decoders' suppression, on boxes of three pictures. */
    @Test
    void suppressionKeepsWhatTheDecodersKeep() {
        int count = 40;
        SplittableRandom random = new SplittableRandom(1);
        float[] boxes = new float[3 * count * 4];
        float[] scores = new float[3 * count];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) random.nextDouble();
            for (int axis = 0; axis < 2; axis++) {
                boxes[4 * i + axis] = (float) random.nextDouble(20);
                boxes[4 * i + 2 + axis] = boxes[4 * i + axis] + (float) random.nextDouble(5, 20);
            }
        }
        float[] kept = run(
                Mode.INFERENCE,
                g -> g.nms(g.constant(Tensor.of(boxes, 3, count, 4)), g.constant(Tensor.of(scores, 3, count)), .4, .2));
        for (int picture = 0; picture < 3; picture++) {
            float[] own = java.util.Arrays.copyOfRange(boxes, 4 * count * picture, 4 * count * (picture + 1));
            float[] ownScores = java.util.Arrays.copyOfRange(scores, count * picture, count * (picture + 1));
            float[] expected = new float[count];
            for (int box : Nms.hard(.4f, .2f).perClass(own, ownScores, 1).boxes()) {
                expected[box] = 1;
            }
            assertThat(java.util.Arrays.copyOfRange(kept, count * picture, count * (picture + 1)))
                    .containsExactly(expected);
        }
    }

    /** Rows 0 to 4 are positive, 5 to 8 negative, 9 neither; noise falls from row to row. */
    @Test
    void samplesArePositiveUpToANumberAndNegativeInTheRest() {
        assertThat(sampled(6, 2)).containsExactly(0, 1, 5, 6, 7, 8);
        assertThat(sampled(4, 2)).containsExactly(0, 1, 5, 6);
        assertThat(sampled(10, 7)).as("too few").containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        float[] always = run(Mode.INFERENCE, g -> rows(g, 4, 2));
        assertThat(run(Mode.INFERENCE, g -> rows(g, 4, 2))).containsExactly(always);
    }

    private static List<Integer> sampled(int most, int mostPositive) {
        float[] rows = run(Mode.TRAINING, g -> rows(g, most, mostPositive));
        return java.util.stream.IntStream.range(0, rows.length)
                .filter(i -> rows[i] != 0)
                .boxed()
                .toList();
    }

    /** 1 for chosen negative rows, 2 for positive ones. */
    private static Value rows(GraphBuilder g, int most, int mostPositive) {
        Value positive = g.constant(Tensor.of(new float[] {1, 1, 1, 1, 1, 0, 0, 0, 0, 0}, 1, 10));
        Value negative = g.constant(Tensor.of(new float[] {0, 0, 0, 0, 0, 1, 1, 1, 1, 0}, 1, 10));
        Sample sample = g.sample(positive, negative, most, mostPositive);
        Value mark = g.mul(g.add(sample.positive(), 1), sample.chosen());
        return g.scatterAdd(g.fullLike(positive, 0), sample.index(), mark, 1);
    }

    private static Value boxes(GraphBuilder g, float... corners) {
        return g.constant(Tensor.of(corners, 1, corners.length / 4, 4));
    }

    private static Value regions(GraphBuilder g) {
        return g.constant(Tensor.of(REGIONS, 2, 2, 4));
    }

    /** Two pictures with two channels of 6×8. */
    private static Value maps(GraphBuilder g) {
        float[] values = new float[2 * 2 * 6 * 8];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 37 % 101 / 10f;
        }
        return g.constant(Tensor.of(values, 2, 2, 6, 8));
    }

    private static float[] run(Mode mode, Function<GraphBuilder, Value> built) {
        GraphBuilder g = new GraphBuilder("helper", mode);
        g.output("y", g.identity(built.apply(g)));
        Map<String, Tensor> inputs = new HashMap<>();
        g.build().noises().forEach(noise -> {
            int size = (int) noise.value().type().size().value();
            float[] falling = new float[size];
            for (int i = 0; i < size; i++) {
                falling[i] = 1 - (i + 1f) / (size + 1);
            }
            inputs.put(
                    noise.value().name(),
                    Tensor.of(falling, noise.value().type().shape().dims()));
        });
        try (OnnxSession session =
                OnnxSession.open(OnnxWriter.toBytes(g.build(), Map.of(), Map.of()), SessionOptions.defaults())) {
            return session.run(inputs).values().iterator().next().toFloatArray();
        }
    }
}

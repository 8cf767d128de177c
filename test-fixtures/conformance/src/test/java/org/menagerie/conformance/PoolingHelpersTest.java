package org.menagerie.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Pool;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Helpers around pools, against loops over their definitions and numbers of PyTorch. */
class PoolingHelpersTest {
    /** Takes the input "x". */
    private interface Built {
        Value on(GraphBuilder g, Value x);
    }

    /** torch.nn.LocalResponseNorm(3, alpha=0.5, beta=0.75, k=2) of (−2, 1, 3, 0.5, −4). */
    @Test
    void localResponseNormalisationGivesPyTorchsNumbers() {
        Tensor x = Tensor.of(new float[] {-2, 1, 3, 0.5f, -4}, 1, 5, 1, 1);
        assertThat(run(x, 1, (g, v) -> g.lrn(v, 3, 0.5, 0.75, 2)))
                .containsExactly(
                        new float[] {-0.9158129f, 0.3329534f, 1.1226313f, 0.1271273f, -1.2514387f}, within(1e-6f));
    }

    @Test
    void localResponseNormalisationNeedsAMiddle() {
        assertThatThrownBy(() -> run(Tensor.of(new float[4], 1, 4, 1, 1), 1, (g, v) -> g.lrn(v, 4, 1, 1, 1)))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("an odd number of channels; found 4");
    }

    /** Each window's largest element back where it stood, and zeros; several threads give the same bits. */
    @ParameterizedTest(name = "{0}x{1}, window {2}, stride {3}, padding {4}")
    @CsvSource({"6, 8, 2, 2, 0", "7, 9, 2, 2, 0", "7, 9, 3, 2, 1", "64, 64, 2, 2, 0", "65, 63, 2, 2, 0"})
    void unpoolingPutsElementsWhereThePoolFoundThem(int height, int width, int size, int stride, int padding) {
        Tensor x = random(3, 2, height, width);
        Pool pool = Pool.of(size).stride(stride).pad(padding);
        Built unpooled = (g, v) -> {
            List<Value> pooled = g.maxPoolWithIndices(v, pool);
            return g.maxUnpool(pooled.get(0), pooled.get(1), pool, v);
        };
        float[] found = run(x, 1, unpooled);
        assertThat(found).containsExactly(unpooled(x.toFloatArray(), 6, height, width, pool));
        for (int i = 0; i < 5; i++) {
            assertThat(run(x, 8, unpooled)).isEqualTo(found);
        }
    }

    /** Elements that several windows choose add up. */
    private static float[] unpooled(float[] x, int planes, int height, int width, Pool pool) {
        float[] result = new float[x.length];
        int rows = (height + 2 * pool.padding() - pool.size()) / pool.stride() + 1;
        int columns = (width + 2 * pool.padding() - pool.size()) / pool.stride() + 1;
        for (int window = 0; window < planes * rows * columns; window++) {
            int plane = window / (rows * columns);
            int top = window / columns % rows * pool.stride() - pool.padding();
            int left = window % columns * pool.stride() - pool.padding();
            int best = -1;
            for (int i = 0; i < pool.size() * pool.size(); i++) {
                int row = top + i / pool.size();
                int column = left + i % pool.size();
                int place = (plane * height + row) * width + column;
                boolean inside = row >= 0 && row < height && column >= 0 && column < width;
                best = inside && (best < 0 || x[place] > x[best]) ? place : best;
            }
            result[best] += x[best];
        }
        return result;
    }

    /** As the definition says: the mean of elements ⌊i·extent/size⌋ up to ⌈(i+1)·extent/size⌉ on both axes. */
    @ParameterizedTest(name = "{0}x{1} to {2}")
    @CsvSource({"6, 6, 6", "12, 12, 6", "13, 13, 6", "9, 9, 7", "5, 8, 3", "8, 8, 1", "5, 7, 1", "1, 1, 7", "2, 3, 7"})
    void adaptivePoolsAverageTheirWindows(int height, int width, int size) {
        Tensor x = random(2, 3, height, width);
        float[] values = x.toFloatArray();
        float[] found = run(x, 2, (g, v) -> g.adaptiveAvgPool(v, size).is("f32[N,3,%d,%<d]".formatted(size)));
        assertThat(found).hasSize(6 * size * size);
        for (int i = 0; i < found.length; i++) {
            int row = i / size % size;
            int column = i % size;
            double sum = 0;
            int count = 0;
            for (int r = row * height / size; r < Math.ceil((row + 1.0) * height / size); r++) {
                for (int c = column * width / size; c < Math.ceil((column + 1.0) * width / size); c++) {
                    sum += values[(i / (size * size) * height + r) * width + c];
                    count++;
                }
            }
            assertThat((double) found[i]).isCloseTo(sum / count, within(1e-6));
        }
    }

    private static Tensor random(long... shape) {
        SplittableRandom random = new SplittableRandom(3);
        Tensor x = Tensor.allocate(ElementType.FLOAT32, shape);
        for (int i = 0; i < x.size(); i++) {
            x.floats().put(i, (float) random.nextDouble(-1, 1));
        }
        return x;
    }

    private static float[] run(Tensor x, int threads, Built built) {
        long[] dims = x.shape().dims();
        GraphBuilder g = new GraphBuilder("helper", Mode.INFERENCE);
        String type = "f32[N"
                + Arrays.toString(Arrays.copyOfRange(dims, 1, dims.length)).replace("[", ",");
        g.output("y", built.on(g, g.input("x", type.replace(" ", ""))));
        try (OnnxSession session = OnnxSession.open(
                OnnxWriter.toBytes(g.build(), Map.of(), Map.of()),
                SessionOptions.defaults().withThreads(threads))) {
            return session.run(Map.of("x", x)).values().iterator().next().toFloatArray();
        }
    }
}

package org.menagerie.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.spi.Tensor;

/**
 * U-Net for 128×128 grey scenes of eleven classes (Ronneberger 2015, "U-Net: convolutional networks for biomedical image
 * segmentation"), padded and with batch normalisation: four levels, 16 filters in the first, since PyTorch 2.7.1 gives wrong
 * gradients, some of them NaN, for convolutions of 8 channels by AVX-512.
 */
final class UnetWorkload {
    private static final int BATCH = 16;
    private static final int SIZE = 128;
    private static final int CLASSES = 11;
    private static final int WIDTH = 16;
    private static final int DEPTH = 4;
    private static final Shape TWO = new Shape(2, 2);

    private UnetWorkload() {}

    static Workload create() {
        return new Workload(
                "U-Net, 1x128x128, batch 16",
                g -> objective(g, GraphBuilder::relu, (b, x) -> b.maxPool(x, 2)),
                (parameters, batch) -> peer(
                        parameters, batch, Activation::relu, x -> Pool.maxPool2d(x, TWO, TWO, new Shape(0, 0), false)),
                batch(),
                new Workload.Pair(
                        g -> objective(g, GraphBuilder::tanh, (b, x) -> b.avgPool(x, 2)),
                        (parameters, batch) -> peer(
                                parameters,
                                batch,
                                Activation::tanh,
                                x -> Pool.avgPool2d(x, TWO, TWO, new Shape(0, 0), false, true))));
    }

    private static Map<String, Tensor> batch() {
        SplittableRandom random = new SplittableRandom(3);
        long[] mask = random.longs((long) BATCH * SIZE * SIZE, 0, CLASSES).toArray();
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("image", RandomBatches.normal(random, BATCH, 1, SIZE, SIZE));
        batch.put("mask", Tensor.of(mask, BATCH, SIZE, SIZE));
        return batch;
    }

    private static Value objective(
            GraphBuilder g,
            BiFunction<GraphBuilder, Value, Value> activation,
            BiFunction<GraphBuilder, Value, Value> halved) {
        Value x = g.input("image", "f32[N,1,%d,%<d]".formatted(SIZE));
        Deque<Value> skips = new ArrayDeque<>();
        for (int level = 0; level < DEPTH; level++) {
            skips.push(twoConvs(g, "encoder" + level, x, WIDTH << level, activation));
            x = halved.apply(g, skips.element());
        }
        x = twoConvs(g, "bottom", x, WIDTH << DEPTH, activation);
        for (int level = DEPTH - 1; level >= 0; level--) {
            Value up = g.convTranspose(
                    "up" + level, x, he(2).filters(WIDTH << level).stride(2));
            x = twoConvs(g, "decoder" + level, g.concat(1, skips.pop(), up), WIDTH << level, activation);
        }
        Value logits = g.conv("head", x, he(1).filters(CLASSES));
        return g.crossEntropy(logits, g.input("mask", "i64[N,%d,%<d]".formatted(SIZE)));
    }

    private static Value twoConvs(
            GraphBuilder g, String name, Value x, int width, BiFunction<GraphBuilder, Value, Value> activation) {
        Value y = x;
        for (int i = 1; i <= 2; i++) {
            Value z = g.conv(
                    "%s.conv%d".formatted(name, i),
                    y,
                    he(3).filters(width).pad(1).noBias());
            y = activation.apply(g, g.batchNorm("%s.bn%d".formatted(name, i), z));
        }
        return y;
    }

    private static Conv he(int kernel) {
        return Conv.kernel(kernel).init(Initializers.heNormal());
    }

    private static NDArray peer(
            Map<String, NDArray> parameters,
            Map<String, NDArray> batch,
            UnaryOperator<NDArray> activation,
            UnaryOperator<NDArray> halved) {
        Torch torch = new Torch(parameters);
        NDArray x = RandomBatches.input(batch, "image");
        Deque<NDArray> skips = new ArrayDeque<>();
        for (int level = 0; level < DEPTH; level++) {
            skips.push(twoConvs(torch, "encoder" + level, x, activation));
            x = halved.apply(skips.element());
        }
        x = twoConvs(torch, "bottom", x, activation);
        for (int level = DEPTH - 1; level >= 0; level--) {
            NDArray up = doubled(torch, "up" + level, x);
            x = twoConvs(torch, "decoder" + level, NDArrays.concat(new NDList(skips.pop(), up), 1), activation);
        }
        NDArray pixels = x.transpose(0, 2, 3, 1).reshape(-1, WIDTH);
        NDArray logits = Linear.linear(pixels, torch.get("head.weight").reshape(CLASSES, WIDTH), torch.get("head.bias"))
                .singletonOrThrow();
        return Torch.crossEntropy(logits, RandomBatches.input(batch, "mask").flatten());
    }

    private static NDArray twoConvs(Torch torch, String name, NDArray x, UnaryOperator<NDArray> activation) {
        NDArray y = x;
        for (int i = 1; i <= 2; i++) {
            NDArray z = torch.conv("%s.conv%d".formatted(name, i), y, 1, 1);
            y = activation.apply(torch.batchNorm("%s.bn%d".formatted(name, i), z));
        }
        return y;
    }

    /** A transposed convolution of 2×2 with stride 2, which DJL lacks: each place becomes four by a product. */
    private static NDArray doubled(Torch torch, String name, NDArray x) {
        NDArray weight = torch.get(name + ".weight");
        long filters = weight.getShape().get(1);
        NDArray kernel = weight.reshape(weight.getShape().get(0), -1).transpose(1, 0);
        NDArray y = Conv2d.conv2d(x, kernel.expandDims(2).expandDims(3)).singletonOrThrow();
        long n = x.getShape().get(0);
        long side = x.getShape().get(2);
        return y.reshape(n, filters, 2, 2, side, side)
                .transpose(0, 1, 4, 2, 5, 3)
                .reshape(n, filters, 2 * side, 2 * side)
                .add(torch.get(name + ".bias").reshape(1, filters, 1, 1));
    }
}

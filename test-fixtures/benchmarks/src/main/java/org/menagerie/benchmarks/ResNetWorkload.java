package org.menagerie.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Initializers;

/**
 * ResNet-20 for 32×32 images (He 2016, "Deep residual learning for image recognition", section 4.2): three stages of
 * three blocks with 16, 32 and 64 channels; where a stage halves the maps, the shortcut takes every other element and
 * pads the new channels with zeros.
 */
final class ResNetWorkload {
    private static final int BLOCKS = 3;

    private ResNetWorkload() {}

    static Workload create() {
        return new Workload(
                "ResNet-20, 3x32x32, batch 64",
                g -> objective(g, GraphBuilder::relu),
                (parameters, batch) -> peer(parameters, batch, Activation::relu),
                RandomBatches.images(64, 3, 32),
                new Workload.Pair(
                        g -> objective(g, GraphBuilder::tanh),
                        (parameters, batch) -> peer(parameters, batch, Activation::tanh)));
    }

    private static Value objective(GraphBuilder g, BiFunction<GraphBuilder, Value, Value> activation) {
        Value x = g.input("image", "f32[N,3,32,32]");
        x = activation.apply(g, g.batchNorm("bn1", conv(g, "conv1", x, 16, 1)));
        for (int stage = 1; stage <= 3; stage++) {
            for (int block = 0; block < BLOCKS; block++) {
                x = block(g, "layer%d.%d".formatted(stage, block), x, 8 << stage, activation);
            }
        }
        Value logits = g.linear("fc", g.flatten(g.globalAvgPool(x)), 10);
        return g.crossEntropy(logits, g.input("label", "i64[N]"));
    }

    private static Value conv(GraphBuilder g, String name, Value x, int filters, int stride) {
        return g.conv(
                name,
                x,
                Conv.kernel(3).filters(filters).pad(1).stride(stride).noBias().init(Initializers.heNormal()));
    }

    private static Value block(
            GraphBuilder g, String name, Value x, int filters, BiFunction<GraphBuilder, Value, Value> activation) {
        int stride = x.dim(1).is(filters) ? 1 : 2;
        Value y = activation.apply(g, g.batchNorm(name + ".bn1", conv(g, name + ".conv1", x, filters, stride)));
        y = g.batchNorm(name + ".bn2", conv(g, name + ".conv2", y, filters, 1));
        return activation.apply(g, g.add(y, stride == 1 ? x : shortcut(g, x)));
    }

    private static Value shortcut(GraphBuilder g, Value x) {
        long channels = x.dim(1).value();
        long size = x.dim(2).value();
        Value everyOther = g.op("Slice", x, g.longs(0, 0), g.longs(size, size), g.longs(2, 3), g.longs(2, 2));
        return g.pad(everyOther, 0, 0, channels / 2, 0, 0, 0, channels / 2, 0, 0);
    }

    private static NDArray peer(
            Map<String, NDArray> parameters, Map<String, NDArray> batch, UnaryOperator<NDArray> activation) {
        Torch torch = new Torch(parameters);
        NDArray x = RandomBatches.input(batch, "image");
        x = activation.apply(torch.batchNorm("bn1", torch.conv("conv1", x, 1, 1)));
        for (int stage = 1; stage <= 3; stage++) {
            for (int block = 0; block < BLOCKS; block++) {
                x = block(torch, "layer%d.%d".formatted(stage, block), x, 8 << stage, activation);
            }
        }
        NDArray logits = torch.linear("fc", Pool.globalAvgPool2d(x));
        return Torch.crossEntropy(logits, RandomBatches.input(batch, "label"));
    }

    private static NDArray block(Torch torch, String name, NDArray x, int filters, UnaryOperator<NDArray> activation) {
        int stride = x.getShape().get(1) == filters ? 1 : 2;
        NDArray y = activation.apply(torch.batchNorm(name + ".bn1", torch.conv(name + ".conv1", x, stride, 1)));
        y = torch.batchNorm(name + ".bn2", torch.conv(name + ".conv2", y, 1, 1));
        return activation.apply(y.add(stride == 1 ? x : shortcut(x)));
    }

    private static NDArray shortcut(NDArray x) {
        NDArray everyOther = x.get(":, :, ::2, ::2");
        Shape shape = everyOther.getShape();
        NDArray zeros = x.getManager()
                .zeros(new Shape(shape.get(0), shape.get(1) / 2, shape.get(2), shape.get(3)), DataType.FLOAT32);
        return NDArrays.concat(new NDList(zeros, everyOther, zeros), 1);
    }
}

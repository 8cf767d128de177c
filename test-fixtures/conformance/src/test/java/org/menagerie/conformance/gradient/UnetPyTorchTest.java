package org.menagerie.conformance.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.loss.Loss;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.plugin.unet.UnetPlugin;
import org.menagerie.spi.Tensor;

/** U-Net's loss and all its gradients, in the paper's form, padded and with fused scores, against PyTorch's layers. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class UnetPyTorchTest {
    private static final int BATCH = 2;
    private static final int CLASSES = 2;

    @ParameterizedTest(name = "padded {0}, fused {1}, size {2}, filters {3}")
    @CsvSource({
        "false, false, 44, '[3, 4, 8]'",
        "false, true, 44, '[3, 4, 8]'",
        "true, false, 16, '[3, 4, 8]'",
        "true, true, 8, '[3, 4, 8, 5]'"
    })
    void oneStepsGradients(boolean padded, boolean fused, int size, String filters) {
        String config = """
                {"classes": %d, "channels": 1, "size": %d, "filters": %s, "same": %b, "batchNorm": %<b, "fuse": %b}""".formatted(CLASSES, size, filters, padded, fused);
        int depth = filters.split(",").length - 1;
        PluginNetwork unet = PluginNetwork.of(new UnetPlugin(), "unet", config);
        long[] mask = new SplittableRandom(5)
                .longs((long) BATCH * size * size, 0, 1 + CLASSES)
                .toArray();
        Peer.compare(
                new long[] {BATCH, 1, size, size},
                (g, x) -> unet.loss(g, Map.of("image", x, "mask", g.constant(Tensor.of(mask, BATCH, size, size)))),
                (manager, x, all) -> {
                    TorchLayers torch = new TorchLayers(all);
                    NDArray logits = theirs(x, torch, depth, padded, fused);
                    NDArray whole = manager.create(mask, new Shape(BATCH, size, size));
                    NDArray flat = logits.transpose(0, 2, 3, 1).reshape(-1, 1 + CLASSES);
                    NDArray labels = middle(whole.expandDims(1), logits).flatten();
                    NDArray loss = Loss.softmaxCrossEntropyLoss().evaluate(new NDList(labels), new NDList(flat));
                    return torch.withStatistics(loss);
                });
    }

    private static NDArray theirs(NDArray image, TorchLayers torch, int depth, boolean padded, boolean fused) {
        NDArray x = image;
        Deque<NDArray> skips = new ArrayDeque<>();
        for (int level = 0; level < depth; level++) {
            skips.push(twoConvs(x, torch, "encoder" + level, padded));
            NDArray skip = skips.element();
            x = skip.getNDArrayInternal().maxPool(new Shape(2, 2), new Shape(2, 2), new Shape(0, 0), false);
        }
        x = twoConvs(x, torch, "encoder" + depth, padded);
        NDArray scores = fused ? torch.conv("head" + depth, x, 1, 0) : null;
        for (int level = depth - 1; level >= 0; level--) {
            NDArray up = doubled(x, torch, "up" + level);
            NDArray both = NDArrays.concat(new NDList(middle(skips.pop(), up), up), 1);
            x = twoConvs(both, torch, "decoder" + level, padded);
            if (scores != null) {
                NDArray own = torch.conv("head" + level, x, 1, 0);
                scores = own.add(middle(interpolated(scores), own));
            }
        }
        return scores == null ? torch.conv("head0", x, 1, 0) : scores;
    }

    private static NDArray twoConvs(NDArray x, TorchLayers torch, String name, boolean padded) {
        NDArray y = x;
        for (int i = 1; i <= 2; i++) {
            y = torch.conv("%s.conv%d".formatted(name, i), y, 1, padded ? 1 : 0);
            y = Activation.relu(padded ? torch.batchNorm("%s.bn%d".formatted(name, i), y) : y);
        }
        return y;
    }

    /** A transposed convolution of 2×2 with stride 2, which DJL lacks: each place becomes four by a product. */
    private static NDArray doubled(NDArray x, TorchLayers torch, String name) {
        NDArray weight = torch.get(name + ".weight");
        long filters = weight.getShape().get(1);
        NDArray kernel = weight.reshape(weight.getShape().get(0), -1).transpose(1, 0);
        NDArray y = Conv2d.conv2d(x, kernel.expandDims(2).expandDims(3)).singletonOrThrow();
        long side = x.getShape().get(2);
        return y.reshape(BATCH, filters, 2, 2, side, side)
                .transpose(0, 1, 4, 2, 5, 3)
                .reshape(BATCH, filters, 2 * side, 2 * side)
                .add(torch.get(name + ".bias").reshape(1, filters, 1, 1));
    }

    /** Twice as long and wide by bilinear interpolation, DJL's mode 1. */
    private static NDArray interpolated(NDArray x) {
        Shape shape = x.getShape();
        long[] doubled = {2 * shape.get(2), 2 * shape.get(3)};
        return x.getNDArrayInternal().interpolation(doubled, 1, false);
    }

    /** The middle of planes, as large as a map. */
    private static NDArray middle(NDArray planes, NDArray map) {
        long side = map.getShape().get(2);
        long margin = (planes.getShape().get(2) - side) / 2;
        return planes.get(":, :, %d:%d, %1$d:%2$d".formatted(margin, margin + side));
    }
}

package org.menagerie.conformance.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.loss.Loss;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.plugin.resnet.ResNetPlugin;
import org.menagerie.spi.Tensor;

/** ResNet's loss and all its gradients, for small pictures and in ImageNet's form, against PyTorch's layers. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class ResNetPyTorchTest {
    private static final int CLASSES = 3;
    private static final long[] LABELS = {2, 0};

    @ParameterizedTest(name = "depth {0}, pictures of {1}")
    @CsvSource({"20, 8", "18, 64"})
    void oneStepsGradients(int depth, int size) {
        PluginNetwork network = PluginNetwork.of(new ResNetPlugin(), "resnet", """
                {"depth": %d, "classes": %d, "channels": 1, "size": %d}""".formatted(depth, CLASSES, size));
        Peer.compare(
                new long[] {LABELS.length, 1, size, size},
                (g, x) -> network.loss(g, Map.of("image", x, "label", g.constant(Tensor.of(LABELS, LABELS.length)))),
                (manager, x, all) -> {
                    TorchLayers torch = new TorchLayers(all);
                    NDArray features = depth == 20 ? small(torch, x) : large(torch, x);
                    NDArray logits = torch.linear("fc", Pool.globalAvgPool2d(features));
                    NDArray loss = Loss.softmaxCrossEntropyLoss()
                            .evaluate(new NDList(manager.create(LABELS)), new NDList(logits));
                    return torch.withStatistics(loss);
                });
    }

    private static NDArray small(TorchLayers torch, NDArray image) {
        NDArray x = Activation.relu(torch.batchNorm("bn1", torch.conv("conv1", image, 1, 1)));
        for (String stage : List.of("layer1", "layer2", "layer3")) {
            for (int block = 0; block < 3; block++) {
                int stride = block == 0 && !stage.equals("layer1") ? 2 : 1;
                x = block(torch, stage + "." + block, x, stride, stride == 1 ? x : everyOther(x));
            }
        }
        return x;
    }

    private static NDArray large(TorchLayers torch, NDArray image) {
        NDArray x = Activation.relu(torch.batchNorm("bn1", torch.conv("conv1", image, 2, 3)));
        x = Pool.maxPool2d(x, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false);
        for (String stage : List.of("layer1", "layer2", "layer3", "layer4")) {
            for (int block = 0; block < 2; block++) {
                String name = stage + "." + block;
                int stride = block == 0 && !stage.equals("layer1") ? 2 : 1;
                NDArray shortcut = stride == 1
                        ? x
                        : torch.batchNorm(name + ".downsample.1", torch.conv(name + ".downsample.0", x, 2, 0));
                x = block(torch, name, x, stride, shortcut);
            }
        }
        return x;
    }

    private static NDArray block(TorchLayers torch, String name, NDArray x, int stride, NDArray shortcut) {
        NDArray y = Activation.relu(torch.batchNorm(name + ".bn1", torch.conv(name + ".conv1", x, stride, 1)));
        return Activation.relu(torch.batchNorm(name + ".bn2", torch.conv(name + ".conv2", y, 1, 1))
                .add(shortcut));
    }

    /** Half the rows and columns between as many channels of zeros. */
    private static NDArray everyOther(NDArray x) {
        NDArray half = x.get(":, :, ::2, ::2");
        NDArray zeros = half.get(":, :%d".formatted(half.getShape().get(1) / 2)).zerosLike();
        return NDArrays.concat(new NDList(zeros, half, zeros), 1);
    }
}

package org.menagerie.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.loss.Loss;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PyTorch's layers over parameters by name. */
record Torch(Map<String, NDArray> parameters) {
    NDArray get(String name) {
        NDArray array = parameters.get(name);
        if (array == null) {
            throw new IllegalArgumentException("No parameter '%s' among %s".formatted(name, parameters.keySet()));
        }
        return array;
    }

    private @Nullable NDArray bias(String name) {
        return parameters.get(name + ".bias");
    }

    NDArray conv(String name, NDArray x, int stride, int padding) {
        return Conv2d.conv2d(
                        x,
                        get(name + ".weight"),
                        bias(name),
                        new Shape(stride, stride),
                        new Shape(padding, padding),
                        new Shape(1, 1),
                        1)
                .singletonOrThrow();
    }

    NDArray linear(String name, NDArray x) {
        return Linear.linear(x, get(name + ".weight"), bias(name)).singletonOrThrow();
    }

    NDArray batchNorm(String name, NDArray x) {
        return BatchNorm.batchNorm(
                        x,
                        get(name + ".running_mean"),
                        get(name + ".running_var"),
                        get(name + ".weight"),
                        get(name + ".bias"),
                        1,
                        0.9f,
                        1e-5f,
                        true)
                .singletonOrThrow();
    }

    NDArray layerNorm(String name, NDArray x) {
        long width = x.getShape().get(x.getShape().dimension() - 1);
        return LayerNorm.layerNorm(x, new Shape(width), get(name + ".weight"), get(name + ".bias"), 1e-5f)
                .singletonOrThrow();
    }

    static NDArray crossEntropy(NDArray logits, NDArray labels) {
        return Loss.softmaxCrossEntropyLoss().evaluate(new NDList(labels), new NDList(logits));
    }
}

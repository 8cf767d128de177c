package org.menagerie.conformance.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.util.Map;

/** PyTorch's layers over parameters by name, which have no bias where there is no such parameter. */
record TorchLayers(Map<String, NDArray> parameters) {
    NDArray get(String name) {
        return Peer.get(parameters, name);
    }

    NDArray conv(String name, NDArray x, int stride, int padding) {
        return Conv2d.conv2d(
                        x,
                        get(name + ".weight"),
                        parameters.get(name + ".bias"),
                        new Shape(stride, stride),
                        new Shape(padding, padding),
                        new Shape(1, 1),
                        1)
                .singletonOrThrow();
    }

    NDArray linear(String name, NDArray x) {
        return Linear.linear(x, get(name + ".weight"), parameters.get(name + ".bias"))
                .singletonOrThrow();
    }

    /** Of a batch, as in training. */
    NDArray batchNorm(String name, NDArray x) {
        NDManager manager = x.getManager();
        Shape channels = new Shape(x.getShape().get(1));
        return BatchNorm.batchNorm(
                        x,
                        manager.zeros(channels),
                        manager.ones(channels),
                        get(name + ".weight"),
                        get(name + ".bias"),
                        1,
                        0.9f,
                        1e-5f,
                        true)
                .singletonOrThrow();
    }

    /** The loss, which has a gradient of zero for the running statistics too. */
    NDArray withStatistics(NDArray loss) {
        return parameters.entrySet().stream()
                .filter(entry -> entry.getKey().contains(".running_"))
                .map(entry -> entry.getValue().sum().mul(0))
                .reduce(loss, NDArray::add);
    }
}

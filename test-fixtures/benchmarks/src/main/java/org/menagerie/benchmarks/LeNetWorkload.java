package org.menagerie.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.Objects;
import org.menagerie.graph.Architecture;
import org.menagerie.plugin.lenet.LeNetPlugin;
import org.menagerie.training.Objective;

/** LeNet-5 as its plugin builds it. */
final class LeNetWorkload {
    private LeNetWorkload() {}

    static Workload create() {
        return new Workload(
                "LeNet, 1x28x28, batch 64", objective(), LeNetWorkload::peer, RandomBatches.images(64, 1, 28));
    }

    /** Plugins' components are collected under their raw types. */
    @SuppressWarnings("rawtypes")
    static Objective objective() {
        var all = Key.get(new TypeLiteral<Map<String, Architecture>>() {});
        Architecture<?> lenet =
                Guice.createInjector(new LeNetPlugin()).getInstance(all).get("lenet");
        return objective(Objects.requireNonNull(lenet));
    }

    private static <C extends Record> Objective objective(Architecture<C> architecture) {
        try {
            Constructor<C> config = architecture.configType().getDeclaredConstructor(int.class);
            config.setAccessible(true);
            return Objective.of(architecture, config.newInstance(10));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("LeNet's config no longer consists of its classes alone", e);
        }
    }

    private static NDArray peer(Map<String, NDArray> parameters, Map<String, NDArray> batch) {
        Torch torch = new Torch(parameters);
        NDArray x = RandomBatches.input(batch, "image");
        x = halved(Activation.tanh(torch.conv("c1", x, 1, 2)));
        x = halved(Activation.tanh(torch.conv("c3", x, 1, 0)));
        x = x.reshape(x.getShape().get(0), -1);
        x = Activation.tanh(torch.linear("c5", x));
        x = Activation.tanh(torch.linear("f6", x));
        return Torch.crossEntropy(torch.linear("out", x), RandomBatches.input(batch, "label"));
    }

    private static NDArray halved(NDArray x) {
        return Pool.avgPool2d(x, new Shape(2, 2), new Shape(2, 2), new Shape(0, 0), false, true);
    }
}

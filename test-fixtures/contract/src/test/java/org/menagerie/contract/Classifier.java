package org.menagerie.contract;

import java.util.Map;
import java.util.SplittableRandom;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Task;
import org.menagerie.graph.Value;
import org.menagerie.spi.Tensor;

/** A small classifier without a fault, whose parts deliberately broken ones override. */
class Classifier implements Architecture<Classifier.Config> {
    record Config(int classes) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Value image = g.input("image", "f32[N,1,4,4]");
        Value hidden = g.dropout(hidden(g, g.flatten(image)), 0.5);
        g.output(output(), head(g, hidden, config));
    }

    Value hidden(GraphBuilder g, Value x) {
        return g.tanh(g.batchNorm("norm", g.linear("hidden", x, 16)));
    }

    Value head(GraphBuilder g, Value x, Config config) {
        return g.linear("out", x, config.classes());
    }

    String output() {
        return "logits";
    }

    @Override
    public Task task(Config config) {
        return Task.classification();
    }

    /** Its batch: pictures whose brightest quarter is the class. */
    static Map<String, Tensor> batch(int size, SplittableRandom random) {
        Tensor image = ArchitectureContract.uniform(random, size, 1, 4, 4);
        long[] labels = random.longs(size, 0, 3).toArray();
        for (int i = 0; i < size; i++) {
            for (int x = 0; x < 4; x++) {
                image.floats().put(i * 16 + (int) labels[i] * 4 + x, 2);
            }
        }
        return Map.of("image", image, "label", Tensor.of(labels, size));
    }
}

package org.menagerie.plugin.lenet;

import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Initializers;

/**
 * LeNet-5 (LeCun, Bottou, Bengio and Haffner 1998, "Gradient-based learning applied to document recognition", section
 * II.B).
 *
 * <p><b>Deviations.</b> C3 sees all six maps of S2 (the paper connects some); pools average without a trainable scale
 * and bias; the output is a linear layer under softmax, not radial basis functions; tanh is not scaled; the paper's
 * 32×32 input is 28×28 with two zeros around it.
 *
 * <p>{@code image f32[N,1,28,28]} to {@code logits f32[N,classes]}; 61,706 parameters for ten classes.
 */
final class LeNet implements Architecture<LeNet.Config> {
    /** @param classes how many, at least two */
    record Config(int classes) {
        Config {
            if (classes < 2) {
                throw new IllegalArgumentException("LeNet needs at least two classes; found " + classes);
            }
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Value image = g.input("image", "f32[N,1,28,28]");

        // Features: two stages of 5x5 convolution, tanh and 2x2 average pool.
        Conv kernel = Conv.kernel(5).init(Initializers.xavierUniform());
        Value c1 = g.tanh(g.conv("c1", image, kernel.filters(6).pad(2))).is("f32[N,6,28,28]");
        Value s2 = g.avgPool(c1, 2).is("f32[N,6,14,14]");
        Value c3 = g.tanh(g.conv("c3", s2, kernel.filters(16))).is("f32[N,16,10,10]");
        Value s4 = g.avgPool(c3, 2).is("f32[N,16,5,5]");

        // Classifier: 400, 120, 84, classes.
        Value c5 = g.tanh(g.linear("c5", g.flatten(s4), 120)).is("f32[N,120]");
        Value f6 = g.tanh(g.linear("f6", c5, 84)).is("f32[N,84]");
        g.output("logits", g.linear("out", f6, config.classes()));
    }
}

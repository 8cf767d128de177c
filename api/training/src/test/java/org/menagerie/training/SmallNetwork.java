package org.menagerie.training;

import org.menagerie.graph.Value;

/** A perceptron over 28×28 images with everything that a training keeps state of: batch normalisation and dropout. */
public final class SmallNetwork {
    private SmallNetwork() {}

    /** @param dropout the probability after the hidden layer */
    public static Objective objective(double dropout) {
        return g -> {
            Value image = g.input("image", "f32[N,1,28,28]");
            Value hidden = g.relu(g.batchNorm("norm", g.linear("hidden", g.flatten(image), 32)));
            Value logits = g.output("logits", g.linear("out", g.dropout(hidden, dropout), 10));
            Value label = g.input("label", "i64[N]");
            g.output("accuracy", g.accuracy(logits, label));
            return g.crossEntropy(logits, label);
        };
    }
}

package org.menagerie.plugin.seq2seq;

import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/**
 * How the share of true tokens that the decoder is fed in training falls (Bengio 2015, section 2.4): from about 1 at the
 * first step to a given share at the last. The paper counts iterations; here the progress p runs from 0 to 1.
 */
enum SamplingDecay {
    /** No sampling: always the true token. */
    NONE,
    /** 1 − (1 − last)·p. */
    LINEAR,
    /** last^p. */
    EXPONENTIAL,
    /** k / (k + exp(m·p)) with k = 100 and the m that gives the last share. */
    INVERSE_SIGMOID;

    private static final double K = 100;

    /**
     * The share of true tokens, f32[].
     *
     * @param last at the end of training, in (0, 1)
     */
    Value truth(GraphBuilder g, double last) {
        Value p = g.progress();
        return switch (this) {
            case NONE -> g.scalar(p.element(), 1);
            case LINEAR -> g.sub(1, g.mul(p, 1 - last));
            case EXPONENTIAL -> g.exp(g.mul(p, Math.log(last)));
            case INVERSE_SIGMOID -> g.mul(g.reciprocal(g.add(g.exp(g.mul(p, Math.log(K * (1 - last) / last))), K)), K);
        };
    }
}

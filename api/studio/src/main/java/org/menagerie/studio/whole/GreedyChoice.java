package org.menagerie.studio.whole;

import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.text.generation.SpecialTokens;

/**
 * The most probable token of each text, until that has ended.
 *
 * @param padding written after a text's end
 */
record GreedyChoice(SpecialTokens special, int padding) {
    /**
     * Where each of N texts stands.
     *
     * @param token the last one, i64[N]
     * @param ended whether it has ended, bool[N]
     * @param length tokens so far, without the end token, i64[N]
     * @param log probability so far, the end token's included, f32[N]
     */
    record Progress(Value token, Value ended, Value length, Value log) {}

    /** Before the first token; {@code token} is what the first step reads. */
    static Progress begin(GraphBuilder g, Value rows, int token) {
        Value length = g.expand(g.scalar(ElementType.INT64, 0), rows);
        return new Progress(
                g.expand(g.scalar(ElementType.INT64, token), rows),
                g.expand(g.constant(Tensor.of(new boolean[] {false}, 1)), rows),
                length,
                g.cast(length, ElementType.FLOAT32));
    }

    /** The next token of each text by the logits f32[N,V]; its log probability is that among the tokens that may be written. */
    Progress next(GraphBuilder g, Value logits, Progress before) {
        boolean[] forbidden = special.forbidden();
        float[] mask = new float[forbidden.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = forbidden[i] ? Float.NEGATIVE_INFINITY : 0;
        }
        Value allowed = g.add(logits, g.constant(Tensor.of(mask, mask.length)));
        Value best = g.argMax(allowed, 1);
        Value highest = g.gatherElements(allowed, g.unsqueeze(best, 1), 1);
        Value log = g.neg(g.log(g.sum(g.exp(g.sub(allowed, highest)), 1)));
        Value open = g.not(before.ended());
        Value ends = g.equal(best, g.scalar(ElementType.INT64, special.end()));
        Value counted = g.cast(g.and(open, g.not(ends)), ElementType.INT64);
        return new Progress(
                g.where(before.ended(), g.scalar(ElementType.INT64, padding), best),
                g.or(before.ended(), ends),
                g.add(before.length(), counted),
                g.add(before.log(), g.mul(log, g.cast(open, ElementType.FLOAT32))));
    }
}

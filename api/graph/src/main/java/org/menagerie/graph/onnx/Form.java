package org.menagerie.graph.onnx;

import java.util.List;
import org.menagerie.graph.Value;

/**
 * A form of an operator that some opsets have and ours has not, and how it becomes ours.
 *
 * @param from the first opset with this form
 * @param to the last one
 */
record Form(int from, int to, Rewrite rewrite) {
    /** Adds nodes of our opset that compute what the node does, and gives its outputs in the file's order. */
    @FunctionalInterface
    interface Rewrite {
        List<Value> apply(Upgrade upgrade, SourceNode node);
    }

    /** A form that a later opset replaced. */
    static Form until(int last, Rewrite rewrite) {
        return new Form(Upgrade.OLDEST, last, rewrite);
    }

    /** A form that a later opset than ours brought. */
    static Form since(int first, Rewrite rewrite) {
        return new Form(first, Upgrade.NEWEST, rewrite);
    }

    /** A form that all opsets have and ONNX Runtime does not run. */
    static Form always(Rewrite rewrite) {
        return new Form(Upgrade.OLDEST, Upgrade.NEWEST, rewrite);
    }

    boolean in(int opset) {
        return from <= opset && opset <= to;
    }
}

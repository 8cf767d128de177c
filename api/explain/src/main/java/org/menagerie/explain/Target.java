package org.menagerie.explain;

import java.util.function.Function;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/** The number that is explained: one for each item of a batch, computed from values of the network. */
public interface Target {
    /** What it is, for people: {@code class 'Ankle boot' (logits[9])}. */
    String words();

    /**
     * Adds the nodes that compute the number.
     *
     * @param network the network's values by name
     * @return f32[N], or f32[1] where the network takes one item
     */
    Value score(GraphBuilder g, Function<String, Value> network);
}

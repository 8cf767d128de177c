package org.menagerie.plugin.transformer;

import org.menagerie.graph.AttentionLayers.Heads;
import org.menagerie.graph.GraphBuilder;

/** The keys and values of each layer's self-attention as states of a step, {@code f32[B, heads, P, width/heads]}, P growing. */
record Caches(int width, int heads) {
    /** What a layer has seen so far. */
    Heads past(GraphBuilder g, int layer) {
        String type = "f32[B,%d,P,%d]".formatted(heads, width / heads);
        return new Heads(g.input("key_" + layer, type), g.input("value_" + layer, type));
    }

    /** States with the step's own element. */
    static void next(GraphBuilder g, int layer, Heads seen) {
        g.output("next_key_" + layer, seen.keys());
        g.output("next_value_" + layer, seen.values());
    }

    /** States after a whole prompt. */
    static void first(GraphBuilder g, int layer, Heads seen) {
        g.output("key_" + layer, seen.keys());
        g.output("value_" + layer, seen.values());
    }
}

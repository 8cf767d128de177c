package org.menagerie.plugin.rcnn;

import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/**
 * Boxes in which an object may be.
 *
 * @param boxes f32 {@code [N,P,4]}
 * @param valid 1 for a box, 0 for a row that holds none, f32 {@code [N,P]}
 */
record Proposals(Value boxes, Value valid) {
    /** Fast R-CNN's input, in which a box without area is none. */
    static Proposals given(GraphBuilder g) {
        String name = "proposals";
        boolean known =
                g.build().inputs().stream().anyMatch(input -> input.name().equals(name));
        Value boxes = known ? g.input(name) : g.input(name, "f32[N,P,4]");
        return new Proposals(boxes, large(g, boxes, 0));
    }

    /** 1 where both sides of a box are longer than some pixels, else 0. */
    static Value large(GraphBuilder g, Value boxes, double pixels) {
        return g.above(g.reduce("ReduceMin", g.sides(boxes), false, -1), pixels);
    }
}

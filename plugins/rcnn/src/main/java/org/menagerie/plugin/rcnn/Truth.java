package org.menagerie.plugin.rcnn;

import static org.menagerie.spi.ElementType.FLOAT32;
import static org.menagerie.spi.ElementType.INT64;

import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/**
 * The objects of a batch.
 *
 * @param boxes f32 {@code [N,M,4]}
 * @param label i64 {@code [N,M]}, −1 for none
 * @param present 1 where there is an object, f32 {@code [N,M]}
 */
record Truth(Value boxes, Value label, Value present) {
    /** What a box overlaps most: the overlap, −1 where there is no object, and the object's number; {@code [N,K]}. */
    record Match(Value iou, Value object) {}

    static Truth of(GraphBuilder g) {
        Value boxes = g.input("boxes", "f32[N,M,4]");
        Value label = g.input("box_label", "i64[N,M]");
        return new Truth(boxes, label, g.cast(g.greaterOrEqual(label, g.scalar(INT64, 0)), FLOAT32));
    }

    /** The overlap of boxes {@code [N,K,4]} with each object, −1 where there is none: {@code [N,K,M]}. */
    Value iou(GraphBuilder g, Value others) {
        Value here = g.unsqueeze(present, 1);
        return g.sub(g.mul(g.iou(others, boxes), here), g.sub(1, here));
    }

    static Match match(GraphBuilder g, Value iou) {
        return new Match(g.maxOver(iou, 2), g.argMax(iou, 2));
    }
}

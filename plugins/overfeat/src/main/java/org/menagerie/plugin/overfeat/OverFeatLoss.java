package org.menagerie.plugin.overfeat;

import static org.menagerie.spi.ElementType.FLOAT32;
import static org.menagerie.spi.ElementType.INT64;

import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/**
 * What each window is to tell: the class of the object that it shows and that object's edges, or background. A window is
 * compared with the smallest square around an object, since windows are square.
 */
final class OverFeatLoss {
    private static final double SHOWS = 0.4;
    private static final double BACKGROUND = 0.2;
    private static final int HARDEST = 24;
    private static final double BOXES = 10;

    private final GraphBuilder g;
    private final int classes;

    OverFeatLoss(GraphBuilder g, int classes) {
        this.g = g;
        this.classes = classes;
    }

    /** The loss; inputs are {@code boxes f32[N,M,4]} and {@code box_label i64[N,M]}. */
    Value of(OverFeat.Scan scan) {
        Value boxes = g.input("boxes", "f32[N,M,4]");
        Value label = g.input("box_label", "i64[N,M]");
        Value present = g.unsqueeze(g.cast(g.greaterOrEqual(label, g.scalar(INT64, 0)), FLOAT32), 1);

        // Which object each window shows, if any. The window that fits an object best always shows it.
        Value overlap = g.mul(overlap(scan.windows(), boxes), present);
        Value best = g.reduce("ReduceMax", overlap, true, 1);
        Value fitsBest = g.cast(g.and(g.equal(overlap, best), g.greater(best, g.scalar(FLOAT32, 0))), FLOAT32);
        Value fit = g.add(overlap, fitsBest);
        Value object = g.argMax(fit, 2);
        Value shows = g.greaterOrEqual(g.maxOver(fit, 2), g.scalar(FLOAT32, SHOWS));
        Value empty = g.less(g.maxOver(fit, 2), g.scalar(FLOAT32, BACKGROUND));
        Value showing = g.cast(shows, FLOAT32);
        Value count = g.max(g.sum(showing), g.scalar(FLOAT32, 1));

        // Classes: all windows that show an object, and the background that is taken for one most.
        Value target = g.where(shows, g.gatherElements(label, object, 1), g.scalar(INT64, classes));
        Value logs = g.logSoftmax(scan.logits(), 2);
        Value error = g.neg(g.squeeze(g.gatherElements(logs, g.unsqueeze(target, 2), 2), 2));
        long hardest = Math.min(HARDEST, scan.windows().dim(0).value());
        Value background =
                g.topK(g.mul(error, g.cast(empty, FLOAT32)), (int) hardest, 1).get(0);
        Value classLoss = g.add(g.sum(g.mul(error, showing)), g.sum(background));

        // Boxes: edges as fractions of the window.
        Value leftTop = g.slice(scan.windows(), 1, 0, 2);
        Value sides = g.sub(g.slice(scan.windows(), 1, 2, 4), leftTop);
        Value index = g.tile(g.unsqueeze(object, 2), 1, 1, 4);
        Value truth = g.sub(g.gatherElements(boxes, index, 1), g.tile(leftTop, 1, 2));
        Value edgeError = g.square(g.sub(scan.edges(), g.div(truth, g.tile(sides, 1, 2))));
        Value boxLoss = g.sum(g.mul(edgeError, g.unsqueeze(showing, 2)));

        Value right = g.cast(g.equal(g.argMax(scan.logits(), 2), target), FLOAT32);
        g.output("accuracy", g.div(g.sum(g.mul(right, showing)), count));
        return g.div(g.add(classLoss, g.mul(boxLoss, BOXES)), count);
    }

    /** The IoU of windows {@code [W,4]} with the smallest squares around boxes {@code [N,M,4]}: {@code [N,W,M]}. */
    private Value overlap(Value windows, Value boxes) {
        Value leftTop = g.slice(boxes, 2, 0, 2);
        Value rightBottom = g.slice(boxes, 2, 2, 4);
        Value half = g.mul(g.reduce("ReduceMax", g.sub(rightBottom, leftTop), true, 2), 0.5);
        Value centre = g.mul(g.add(leftTop, rightBottom), 0.5);
        Value low = g.unsqueeze(g.sub(centre, half), 1).is("f32[N,1,M,2]");
        Value high = g.unsqueeze(g.add(centre, half), 1);
        Value windowLow = g.unsqueeze(g.slice(windows, 1, 0, 2), 1);
        Value windowHigh = g.unsqueeze(g.slice(windows, 1, 2, 4), 1);
        Value shared = area(g.relu(g.sub(g.min(high, windowHigh), g.max(low, windowLow))));
        Value union = g.sub(g.add(area(g.sub(high, low)), area(g.sub(windowHigh, windowLow))), shared);
        return g.div(shared, g.add(union, 1e-6));
    }

    private Value area(Value sides) {
        return g.reduce("ReduceProd", sides, false, -1);
    }
}

package org.menagerie.plugin.yolo;

import static org.menagerie.spi.ElementType.FLOAT32;
import static org.menagerie.spi.ElementType.INT64;

import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * Formula 3 of the paper, by object: each looks up the predictions of its cell, of which the box with the highest IoU is
 * responsible. Its confidence is to equal that IoU, which gradients take as a constant: boxes follow the data alone.
 */
final class YoloLoss {
    private static final double COORDINATES = 5;
    private static final double NO_OBJECT = 0.5;

    private final GraphBuilder g;
    private final Yolo.Config config;

    YoloLoss(GraphBuilder g, Yolo.Config config) {
        this.g = g;
        this.config = config;
    }

    /** The loss of {@code grid f32[N,S,S,5B+classes]}; inputs are {@code boxes f32[N,M,4]} and {@code box_label i64[N,M]}. */
    Value of(Value output) {
        int cells = config.cells();
        int boxes = config.boxes();
        int places = cells * cells;
        int classesFrom = 5 * boxes;
        Value corners = g.mul(g.input("boxes", "f32[N,M,4]"), 1.0 / config.backbone().cell);
        Value label = g.input("box_label", "i64[N,M]");
        Value present = g.unsqueeze(g.cast(g.greaterOrEqual(label, g.scalar(INT64, 0)), FLOAT32), 2);

        // Truth, in cells: centre, cell, size.
        Value leftTop = g.slice(corners, 2, 0, 2);
        Value rightBottom = g.slice(corners, 2, 2, 4);
        Value centre = g.mul(g.add(leftTop, rightBottom), 0.5);
        Value cell = g.clip(g.floor(centre), 0, cells - 1);
        Value place = g.unsqueeze(g.sub(centre, cell), 2).is("f32[N,M,1,2]");
        Value size = g.unsqueeze(g.sub(rightBottom, leftTop), 2);

        // What each object's cell predicts.
        Value number = g.sum(g.mul(cell, g.constant(Tensor.of(new float[] {1, cells}, 2))), 2);
        Value at = oneHot(g.cast(number, INT64), places).is("f32[N,M,%d]".formatted(places));
        Value grid = g.reshape(output, 0, places, config.depth());
        Value seen = g.matMul(at, grid);
        Value predicted = g.reshape(g.slice(seen, 2, 0, classesFrom), 0, 0, boxes, 5);
        Value predictedPlace = g.slice(predicted, 3, 0, 2);
        Value root = g.slice(predicted, 3, 2, 4);
        Value confidence = g.squeeze(g.slice(predicted, 3, 4, 5), 3);

        Value iou = iou(predictedPlace, g.mul(g.square(root), cells), place, size);
        Value responsible = g.mul(oneHot(g.argMax(iou, 2), boxes), present).is("f32[N,M,%d]".formatted(boxes));

        Value rootError = g.sub(root, g.sqrt(g.mul(size, 1.0 / cells)));
        Value boxError = g.add(g.square(g.sub(predictedPlace, place)), g.square(rootError));
        Value coordinates = g.sum(g.mul(g.unsqueeze(responsible, 3), boxError));
        Value objects = g.sum(g.mul(responsible, g.square(g.sub(confidence, g.detach(iou)))));
        Value classError =
                g.square(g.sub(g.slice(seen, 2, classesFrom, config.depth()), oneHot(label, config.classes())));
        Value classes = g.sum(g.mul(present, classError));

        // Everything else in the grid holds no object.
        Value taken = g.min(g.matMul(g.transpose(at, 0, 2, 1), responsible), g.scalar(FLOAT32, 1));
        Value all = g.reshape(g.slice(grid, 2, 0, classesFrom), 0, places, boxes, 5);
        Value free = g.mul(g.sub(1, taken), g.square(g.squeeze(g.slice(all, 3, 4, 5), 3)));

        Value count = g.max(g.sum(present), g.scalar(FLOAT32, 1));
        g.output("iou", g.div(g.sum(g.mul(responsible, iou)), count));
        Value sum =
                g.add(g.add(g.mul(coordinates, COORDINATES), objects), g.add(g.mul(g.sum(free), NO_OBJECT), classes));
        return g.div(sum, g.count(output, FLOAT32, 0));
    }

    private Value oneHot(Value index, int depth) {
        return g.oneHot(index, g.scalar(INT64, depth), ElementType.FLOAT32);
    }

    /** Of boxes given by centre and size, {@code [N,M,B,2]} each: {@code [N,M,B]}; 0 where both are empty. */
    private Value iou(Value centreA, Value sizeA, Value centreB, Value sizeB) {
        Value right = g.min(g.add(centreA, g.mul(sizeA, 0.5)), g.add(centreB, g.mul(sizeB, 0.5)));
        Value left = g.max(g.sub(centreA, g.mul(sizeA, 0.5)), g.sub(centreB, g.mul(sizeB, 0.5)));
        Value intersection = area(g.relu(g.sub(right, left)));
        Value union = g.sub(g.add(area(sizeA), area(sizeB)), intersection);
        return g.div(intersection, g.add(union, 1e-6));
    }

    private Value area(Value sides) {
        return g.squeeze(g.mul(g.slice(sides, 3, 0, 1), g.slice(sides, 3, 1, 2)), 3);
    }
}

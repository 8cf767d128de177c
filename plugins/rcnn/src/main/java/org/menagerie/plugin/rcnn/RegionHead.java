package org.menagerie.plugin.rcnn;

import static org.menagerie.spi.ElementType.FLOAT32;
import static org.menagerie.spi.ElementType.INT64;

import java.util.List;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.RegionOps.Sample;
import org.menagerie.graph.Value;

/** The second stage: the class of what is in a region, and a better box for each class (Girshick 2015, section 2). */
final class RegionHead {
    private static final double FOREGROUND = .5;
    private static final double SUPPRESSION = .5;
    private static final int OBJECTS = 100;
    private static final double PLACE_WEIGHT = 10;
    private static final double SIZE_WEIGHT = 5;

    private final GraphBuilder g;
    private final FasterRcnn.Config config;
    private final RegionMaps maps;

    /** Logits {@code [R,1+C]}, the background first, and deltas {@code [R,1+C,4]}. */
    private record Answer(Value logits, Value deltas) {}

    RegionHead(GraphBuilder g, FasterRcnn.Config config, List<Value> maps) {
        this.g = g;
        this.config = config;
        this.maps = new RegionMaps(g, config, maps);
    }

    private Answer answer(Value regions) {
        return g.sharing(() -> {
            Value x = g.flatten(maps.cut(regions));
            for (String layer : List.of("fc6", "fc7")) {
                x = g.relu(g.linear("roi_heads.box_head." + layer, x, config.hidden()));
            }
            int kinds = 1 + config.classes();
            Value logits = g.linear("roi_heads.box_predictor.cls_score", x, kinds);
            Value deltas = g.linear("roi_heads.box_predictor.bbox_pred", x, 4 * kinds);
            return new Answer(logits, g.reshape(deltas, 0, kinds, 4));
        });
    }

    /** Gives the objects among the proposals: of overlapping boxes of a class the best, and the best hundred of all. */
    void detect(Proposals proposals) {
        Answer answer = answer(proposals.boxes());
        int classes = config.classes();
        Value boxes = g.boxesFrom(answer.deltas(), g.reshape(proposals.boxes(), -1, 1, 4), PLACE_WEIGHT, SIZE_WEIGHT);
        Value mended = g.clip(g.slice(boxes, 1, 1, 1 + classes), 0, config.size());
        Value rows = g.unsqueeze(g.extent(proposals.boxes(), 1), 0);
        Value byClass = g.concat(0, g.longs(-1), rows, g.longs(classes));
        Value share = g.reshape(g.slice(g.softmax(answer.logits(), 1), 1, 1, 1 + classes), byClass);
        Value valid = g.mul(share, g.unsqueeze(proposals.valid(), 2));
        Value score = g.reshape(g.transpose(valid, 0, 2, 1), g.concat(0, g.longs(-1), rows));
        Value all = g.transpose(g.reshape(mended, g.concat(0, byClass, g.longs(4))), 0, 2, 1, 3);
        Value box = g.reshape(all, g.concat(0, g.longs(-1), rows, g.longs(4)));
        Value counted = g.mul(score, Proposals.large(g, box, 1e-2));
        Value kept = g.mul(counted, g.nms(box, counted, SUPPRESSION, config.score()));

        Value picture = g.concat(0, g.longs(-1), g.mul(rows, g.longs(classes)));
        List<Value> best = g.largest(g.reshape(kept, picture), OBJECTS);
        Value found = g.greater(best.get(0), g.scalar(FLOAT32, 0));
        g.output("objects", g.rowsAt(g.reshape(all, g.concat(0, picture, g.longs(4))), best.get(1)));
        g.output("object_score", best.get(0));
        g.output("object_label", g.where(found, g.div(best.get(1), rows), g.scalar(INT64, -1)));
    }

    /**
     * Cross-entropy and smooth L1 over regions that are drawn from proposals and true boxes, a quarter of them positive at most
     * (section 2.3).
     */
    Value loss(Proposals proposals, Truth truth) {
        Value boxes = g.concat(1, proposals.boxes(), truth.boxes());
        Value valid = g.concat(1, proposals.valid(), truth.present());
        Truth.Match match = Truth.match(g, truth.iou(g, boxes));
        Value apart = g.cast(g.less(match.iou(), g.scalar(FLOAT32, FOREGROUND)), FLOAT32);
        Sample sample =
                g.sample(g.mul(valid, g.sub(1, apart)), g.mul(valid, apart), config.regions(), config.regions() / 4);
        Value object = g.gatherElements(match.object(), sample.index(), 1);
        Value regions = g.rowsAt(boxes, sample.index());
        Value positive = g.reshape(sample.positive(), -1);
        Value label = g.mul(g.add(g.gatherElements(truth.label(), object, 1), 1), g.cast(sample.positive(), INT64));
        Value wanted = g.boxDeltas(g.rowsAt(truth.boxes(), object), regions, PLACE_WEIGHT, SIZE_WEIGHT);
        Answer answer = answer(regions);

        Value labels = g.reshape(label, -1);
        Value number = g.max(g.sum(sample.chosen()), g.scalar(FLOAT32, 1));
        Value likelihood = g.gatherElements(g.logSoftmax(answer.logits(), 1), g.unsqueeze(labels, 1), 1);
        Value chosen = g.reshape(sample.chosen(), -1, 1);
        Value classes = g.div(g.neg(g.sum(g.mul(likelihood, chosen))), number);
        Value deltas = g.squeeze(g.rowsAt(answer.deltas(), g.unsqueeze(labels, 1)), 1);
        Value places = g.div(g.sum(ProposalNetwork.boxLoss(g, positive, deltas, g.reshape(wanted, -1, 4))), number);
        g.output("class_loss", classes);
        g.output("box_loss", places);
        return g.add(classes, places);
    }
}

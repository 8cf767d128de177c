package org.menagerie.plugin.rcnn;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.RegionOps.Sample;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Initializers;

/** The first stage: for each anchor, how likely an object is and where its box lies (Ren 2015, section 3.1). */
final class ProposalNetwork {
    private static final List<Double> RATIOS = List.of(.5, 1.0, 2.0);
    private static final double SUPPRESSION = .7;
    private static final double FOREGROUND = .7;
    private static final double BACKGROUND = .3;
    private static final int SAMPLES = 256;
    private static final double BEND = 1.0 / 9;

    private final GraphBuilder g;
    private final FasterRcnn.Config config;
    private final List<Map> maps = new ArrayList<>();

    /** What one map gives: its anchors {@code [A,4]}, logits {@code [N,A]} and deltas {@code [N,A,4]}. */
    private record Map(Value anchors, Value logits, Value deltas) {}

    ProposalNetwork(GraphBuilder g, FasterRcnn.Config config, List<Value> features) {
        this.g = g;
        this.config = config;
        g.sharing(() -> {
            for (int level = config.backbone().firstProposing(); level < features.size(); level++) {
                List<Integer> sizes = config.backbone().anchors(config.anchors(), level);
                maps.add(map(features.get(level), sizes));
            }
            return maps;
        });
    }

    private Map map(Value x, List<Integer> sizes) {
        int each = RATIOS.size() * sizes.size();
        int rows = (int) x.dim(2).value();
        int columns = (int) x.dim(3).value();
        Value hidden =
                g.relu(g.conv("rpn.head.conv.0.0", x, head(3, (int) x.dim(1).value())));
        Value logits = g.conv("rpn.head.cls_logits", hidden, head(1, each));
        Value deltas = g.conv("rpn.head.bbox_pred", hidden, head(1, 4 * each));
        Value byPlace = g.transpose(g.reshape(deltas, 0, each, 4, rows, columns), 0, 3, 4, 1, 2);
        return new Map(
                g.anchors(rows, columns, config.size() / rows, sizes, RATIOS),
                g.reshape(g.transpose(logits, 0, 2, 3, 1), 0, (long) rows * columns * each),
                g.reshape(byPlace, 0, (long) rows * columns * each, 4));
    }

    private static Conv head(int kernel, int filters) {
        Conv conv = Conv.kernel(kernel).filters(filters).pad(kernel / 2);
        return conv.init(Initializers.normal(0, .01)).biasInit(Initializers.zeros());
    }

    /** The best boxes of each map, those that overlap better ones left out, and of these the best of all maps. */
    Proposals proposals(int candidates, int kept) {
        List<Value> boxes = new ArrayList<>();
        List<Value> scores = new ArrayList<>();
        for (Map map : maps) {
            List<Value> best = g.largest(g.detach(map.logits()), candidates);
            Value deltas = g.rowsAt(g.detach(map.deltas()), best.get(1));
            Value box = g.clip(g.boxesFrom(deltas, g.gather(map.anchors(), best.get(1), 0), 1, 1), 0, config.size());
            Value score = g.mul(g.sigmoid(best.get(0)), Proposals.large(g, box, 1e-3));
            boxes.add(box);
            scores.add(g.mul(score, g.nms(box, score, SUPPRESSION, 0)));
        }
        List<Value> best = g.largest(g.concat(1, scores), kept);
        return new Proposals(g.rowsAt(g.concat(1, boxes), best.get(1)), g.above(best.get(0), 0));
    }

    /**
     * Log loss and smooth L1 over 256 anchors of each picture, half of them positive at most (section 3.1.2): those that overlap
     * an object by .7, and those that overlap it most.
     */
    Value loss(Truth truth) {
        Value anchors = g.concat(0, maps.stream().map(Map::anchors).toList());
        Value iou = truth.iou(g, g.unsqueeze(anchors, 0));
        Truth.Match match = Truth.match(g, iou);
        Value most = g.max(g.reduce("ReduceMax", iou, true, 1), g.scalar(iou.element(), 1e-6));
        Value best = g.maxOver(g.cast(g.greaterOrEqual(iou, most), iou.element()), 2);
        Value overlapping = g.sub(1, g.cast(g.less(match.iou(), g.scalar(iou.element(), FOREGROUND)), iou.element()));
        Value positive = g.max(best, overlapping);
        Value apart = g.cast(g.less(match.iou(), g.scalar(iou.element(), BACKGROUND)), iou.element());
        Sample sample = g.sample(positive, g.mul(apart, g.sub(1, positive)), SAMPLES, SAMPLES / 2);

        Value logits =
                g.gatherElements(g.concat(1, maps.stream().map(Map::logits).toList()), sample.index(), 1);
        Value deltas = g.rowsAt(g.concat(1, maps.stream().map(Map::deltas).toList()), sample.index());
        Value object = g.gatherElements(match.object(), sample.index(), 1);
        Value wanted = g.boxDeltas(g.rowsAt(truth.boxes(), object), g.gather(anchors, sample.index(), 0), 1, 1);
        return loss(sample, logits, deltas, wanted);
    }

    private Value loss(Sample sample, Value logits, Value deltas, Value wanted) {
        Value number = g.max(g.sum(sample.chosen()), g.scalar(deltas.element(), 1));
        Value logLoss = g.binaryCrossEntropyWithLogitsEach(logits, sample.positive());
        Value objectness = g.div(g.sum(g.mul(logLoss, sample.chosen())), number);
        Value boxes = g.div(g.sum(boxLoss(g, sample.positive(), deltas, wanted)), number);
        g.output("objectness_loss", objectness);
        g.output("proposal_box_loss", boxes);
        return g.add(objectness, boxes);
    }

    /** Smooth L1 of the rows of positive examples, with zeros for the others, which may have no target. */
    static Value boxLoss(GraphBuilder g, Value positive, Value deltas, Value wanted) {
        Value rows = g.unsqueeze(positive, -1);
        Value target = g.where(g.greater(rows, g.scalar(rows.element(), 0)), wanted, g.detach(deltas));
        return g.mul(g.smoothL1Each(deltas, target, BEND), rows);
    }
}

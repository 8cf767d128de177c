package org.menagerie.plugin.rcnn;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.PublishedWeights;
import org.menagerie.graph.Task;
import org.menagerie.graph.Value;
import org.menagerie.vision.Coco;

/**
 * Detection in two stages (Ren, He, Girshick and Sun 2015, "Faster R-CNN: towards real-time object detection with region proposal
 * networks"): one network proposes boxes, another classifies what is in each and mends it. With proposals that are given it
 * is Fast R-CNN (Girshick 2015), and with regions of the picture in place of maps R-CNN (Girshick, Donahue, Darrell and Malik
 * 2014), which runs its network once a region.
 *
 * <p><b>Deviations.</b> As in torchvision, whose constants, names and layouts it has: both stages are trained together, regions
 * are cut out by RoIAlign (He 2017) unless the config says {@code max}, the papers' pool, and a feature pyramid (Lin 2017)
 * lies below. Batch normalisation in ResNet-50 is frozen; pictures are squares of a fixed size, into which others are fitted (torchvision:
 * the shorter side becomes 800 pixels). Its published weights want an epsilon of 0. The small backbone is this
 * project's. R-CNN, too, is trained as a whole, with a softmax in place of support vector machines.
 *
 * <p>{@code image f32[N,channels,size,size]}, for Fast R-CNN also {@code proposals f32[N,P,4]} with zeros for none, to {@code
 * objects f32[N,D,4]}, left, top, right, bottom in pixels, {@code object_score f32[N,D]}, best first, and {@code object_label
 * i64[N,D]}, −1 for none. 41,755,286 parameters with ResNet-50 for 90 classes and the background.
 */
final class FasterRcnn implements Architecture<FasterRcnn.Config> {
    /** How a region is cut out of the maps. */
    enum Cut {
        /** By samples between places. */
        ALIGN,
        /** By the largest elements, in bins of whole places (Girshick 2015, section 2.1). */
        MAX
    }

    /**
     * @param given whether proposals are an input, as in Fast R-CNN
     * @param anchors roots of the anchors' areas, pixels: one for each map of a pyramid, or all on one map
     * @param candidates for proposals from each map, before suppression; in training twice as many
     * @param proposals that are kept; in training twice as many
     * @param regions drawn for the second stage's loss, in each picture
     * @param hidden units of the second stage's two layers
     * @param score below which nothing is an object
     * @param classes without the background
     * @param size of the pictures' sides, pixels
     * @param epsilon of ResNet-50's frozen batch normalisation; 1e-5 by default
     */
    record Config(
            Backbone backbone,
            boolean given,
            List<Integer> anchors,
            int candidates,
            int proposals,
            int regions,
            Cut cut,
            int hidden,
            double score,
            int classes,
            int channels,
            int size,
            @Nullable Double epsilon) {
        /** With the usual epsilon. */
        Config(
                Backbone backbone,
                boolean given,
                List<Integer> anchors,
                int candidates,
                int proposals,
                int regions,
                Cut cut,
                int hidden,
                double score,
                int classes,
                int channels,
                int size) {
            this(
                    backbone,
                    given,
                    anchors,
                    candidates,
                    proposals,
                    regions,
                    cut,
                    hidden,
                    score,
                    classes,
                    channels,
                    size,
                    null);
        }

        Config {
            anchors = List.copyOf(anchors);
            if (anchors.isEmpty() || (backbone == Backbone.RESNET50_FPN && anchors.size() != 5)) {
                throw new IllegalArgumentException(
                        "Faster R-CNN needs sizes of anchors, and five for a pyramid; found " + anchors);
            }
            if (candidates < 1 || proposals < 1 || regions < 4 || hidden < 1 || classes < 1 || channels < 1) {
                throw new IllegalArgumentException(
                        "Faster R-CNN needs candidates, proposals, 4 regions, hidden units, classes and channels; found %s"
                                .formatted(List.of(candidates, proposals, regions, hidden, classes, channels)));
            }
            if (backbone == Backbone.PICTURE && !given) {
                throw new IllegalArgumentException(
                        "R-CNN, whose backbone is the picture, has no map to make proposals from; say given: true");
            }
            if (size < 1 || size % backbone.unit() != 0) {
                throw new IllegalArgumentException(
                        "Faster R-CNN's backbone needs pictures of a multiple of %d pixels; found %d"
                                .formatted(backbone.unit(), size));
            }
        }

        /** Fast R-CNN with the same numbers. */
        Config withGiven() {
            return new Config(
                    backbone,
                    true,
                    anchors,
                    candidates,
                    proposals,
                    regions,
                    cut,
                    hidden,
                    score,
                    classes,
                    channels,
                    size,
                    epsilon);
        }

        double epsilonOrDefault() {
            return epsilon == null ? 1e-5 : epsilon;
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Map<String, Config> variants() {
        List<Integer> pyramid = List.of(32, 64, 128, 256, 512);
        List<Integer> few = List.of(28, 44, 64);
        Config large = new Config(
                Backbone.RESNET50_FPN,
                false,
                pyramid,
                1000,
                1000,
                512,
                Cut.ALIGN,
                1024,
                .05,
                Coco.CLASSES,
                3,
                800,
                0.0);
        Config small = new Config(Backbone.SMALL, false, few, 128, 64, 64, Cut.ALIGN, 256, .01, 10, 1, 128);
        return Map.of(
                "fasterrcnn_resnet50_fpn",
                large,
                "fastrcnn_resnet50_fpn",
                large.withGiven(),
                "fasterrcnn-small",
                small,
                "fastrcnn-small",
                small.withGiven(),
                "rcnn-small",
                new Config(Backbone.PICTURE, true, few, 128, 64, 64, Cut.ALIGN, 256, .01, 10, 1, 128));
    }

    /** torchvision's, whose first files have older names of the pyramid's and the first stage's convolutions. */
    @Override
    public Optional<PublishedWeights> published(Config config) {
        boolean coco = config.backbone() == Backbone.RESNET50_FPN
                && !config.given()
                && config.classes() == Coco.CLASSES
                && config.channels() == 3;
        return coco
                ? Optional.of(new PublishedWeights(Coco.preprocessor(config.size()), Coco.labels())
                        .withVersion("COCO_V1", Map.of())
                        .withFormerNames(Map.of(
                                "(backbone[.]fpn[.](?:inner|layer)_blocks[.]\\d)[.](weight|bias)", "$1.0.$2",
                                "rpn[.]head[.]conv[.](weight|bias)", "rpn.head.conv.0.0.$1")))
                : Optional.empty();
    }

    @Override
    public Task task(Config config) {
        Map<String, Object> outputs = Map.of("boxes", "objects", "scores", "object_score", "labels", "object_label");
        Task task = new Task("object-detection", "objects", outputs).judgedBy("mAP");
        return config.given() ? task.preparedBy("image-proposals") : task;
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Stages stages = Stages.of(g, config);
        stages.second().detect(stages.proposals(1));
    }

    /** The losses of both stages; true boxes are among the proposals that the second learns from. */
    @Override
    public Value objective(GraphBuilder g, Config config) {
        Stages stages = Stages.of(g, config);
        stages.second().detect(stages.proposals(1));
        Truth truth = Truth.of(g);
        Value second = stages.second().loss(stages.proposals(2), truth);
        return config.given() ? second : g.add(stages.first().loss(truth), second);
    }

    /** The two stages on their maps. */
    private record Stages(GraphBuilder g, Config config, ProposalNetwork first, RegionHead second) {
        static Stages of(GraphBuilder g, Config config) {
            Value image = g.input("image", "f32[N,%d,%d,%<d]".formatted(config.channels(), config.size()));
            List<Value> maps = config.backbone().maps(g, image, config.epsilonOrDefault());
            ProposalNetwork first = new ProposalNetwork(g, config, config.given() ? List.of() : maps);
            return new Stages(g, config, first, new RegionHead(g, config, maps));
        }

        /** @param times how many times as many as the config says */
        Proposals proposals(int times) {
            return config.given()
                    ? Proposals.given(g)
                    : first.proposals(times * config.candidates(), times * config.proposals());
        }
    }
}

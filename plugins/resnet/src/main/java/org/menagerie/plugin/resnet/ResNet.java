package org.menagerie.plugin.resnet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.PublishedWeights;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.graph.layer.Pool;
import org.menagerie.vision.ImageNet;

/**
 * Residual networks (He, Zhang, Ren and Sun 2016, "Deep residual learning for image recognition"): the ImageNet form of
 * table 1 with depths 18 to 152, and the form for small pictures of section 4.2 with depths 20 to 110.
 *
 * <p><b>Deviations.</b> As in torchvision, whose parameter names and layouts it has, a bottleneck steps in its 3×3
 * convolution (the paper: in its first 1×1), and a shortcut that changes shape is a 1×1 convolution. The small form's
 * shortcuts have no parameters, as in the paper: every other element, new channels zero.
 *
 * <p>{@code image f32[N,channels,size,size]} to {@code logits f32[N,classes]}; 11,689,512 parameters at depth 18, 25,557,032
 * at 50 (1,000 classes), 269,722 at 20 (10 classes).
 */
final class ResNet implements Architecture<ResNet.Config> {
    /** Blocks in each stage of the ImageNet form. */
    private static final Map<Integer, List<Integer>> STAGES = new TreeMap<>(Map.of(
            18, List.of(2, 2, 2, 2),
            34, List.of(3, 4, 6, 3),
            50, List.of(3, 4, 6, 3),
            101, List.of(3, 4, 23, 3),
            152, List.of(3, 8, 36, 3)));

    private static final List<Integer> SMALL = List.of(20, 32, 44, 56, 110);

    /**
     * Depth and ends.
     *
     * @param depth layers with weights: 18, 34, 50, 101 or 152, or for small pictures 20, 32, 44, 56 or 110
     * @param classes how many, at least two
     * @param channels of the pictures
     * @param size of the pictures' sides, pixels
     */
    record Config(int depth, int classes, int channels, int size) {
        Config {
            if (!STAGES.containsKey(depth) && !SMALL.contains(depth)) {
                throw new IllegalArgumentException("ResNet has depths %s and, for small pictures, %s; found %d"
                        .formatted(STAGES.keySet(), SMALL, depth));
            }
            if (classes < 2 || channels < 1 || size < 1) {
                throw new IllegalArgumentException(
                        "ResNet needs at least two classes, a channel and a pixel; found %d, %d and %d"
                                .formatted(classes, channels, size));
            }
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Map<String, Config> variants() {
        Map<String, Config> variants = new TreeMap<>();
        STAGES.keySet().forEach(depth -> variants.put("resnet" + depth, new Config(depth, 1000, 3, 224)));
        SMALL.forEach(depth -> variants.put("resnet" + depth, new Config(depth, 10, 3, 32)));
        return variants;
    }

    /** torchvision's. */
    @Override
    public Optional<PublishedWeights> published(Config config) {
        boolean imageNet =
                STAGES.containsKey(config.depth()) && config.classes() == ImageNet.CLASSES && config.channels() == 3;
        if (!imageNet) {
            return Optional.empty();
        }
        PublishedWeights first = new PublishedWeights(ImageNet.preprocessor(config.size()), ImageNet.labels())
                .withVersion("IMAGENET1K_V1", Map.of());
        return Optional.of(
                config.depth() < 50
                        ? first
                        : first.withVersion(
                                "IMAGENET1K_V2", Map.of("shorterSide", ImageNet.shorterSide(config.size(), 232))));
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Value image = g.input("image", "f32[N,%d,%d,%<d]".formatted(config.channels(), config.size()));
        Value features =
                SMALL.contains(config.depth()) ? small(g, image, config.depth()) : large(g, image, config.depth());
        g.output("logits", g.linear("fc", g.flatten(g.globalAvgPool(features)), config.classes()));
    }

    /** Table 1: a 7×7 convolution and a pool, each halving the picture, then four stages. */
    private static Value large(GraphBuilder g, Value image, int depth) {
        Value x = g.relu(g.batchNorm("bn1", conv(g, "conv1", image, 7, 64, 2)));
        x = g.maxPool(x, Pool.of(3).stride(2).pad(1));
        List<Integer> stages = STAGES.getOrDefault(depth, List.of());
        for (int stage = 0; stage < stages.size(); stage++) {
            for (int block = 0; block < stages.get(stage); block++) {
                String name = "layer%d.%d".formatted(stage + 1, block);
                int width = 64 << stage;
                int stride = stage > 0 && block == 0 ? 2 : 1;
                x = depth < 50 ? basic(g, name, x, width, stride) : bottleneck(g, name, x, width, stride);
            }
        }
        return x;
    }

    /** Section 4.2: a 3×3 convolution, then three stages of (depth - 2) / 6 blocks with 16, 32 and 64 channels. */
    private static Value small(GraphBuilder g, Value image, int depth) {
        Value x = g.relu(g.batchNorm("bn1", conv(g, "conv1", image, 3, 16, 1)));
        for (int stage = 0; stage < 3; stage++) {
            for (int block = 0; block < (depth - 2) / 6; block++) {
                String name = "layer%d.%d".formatted(stage + 1, block);
                int stride = stage > 0 && block == 0 ? 2 : 1;
                Value shortcut = stride == 1 ? x : everyOther(g, x);
                x = g.relu(g.add(twoConvs(g, name, x, 16 << stage, stride), shortcut));
            }
        }
        return x;
    }

    /** Figure 5, left: two 3×3 convolutions. */
    private static Value basic(GraphBuilder g, String name, Value x, int width, int stride) {
        return g.relu(g.add(twoConvs(g, name, x, width, stride), projected(g, name, x, width, stride)));
    }

    private static Value twoConvs(GraphBuilder g, String name, Value x, int width, int stride) {
        Value y = g.relu(g.batchNorm(name + ".bn1", conv(g, name + ".conv1", x, 3, width, stride)));
        return g.batchNorm(name + ".bn2", conv(g, name + ".conv2", y, 3, width, 1));
    }

    /** Figure 5, right: 1×1 down to the width, 3×3, 1×1 up to four times the width. */
    private static Value bottleneck(GraphBuilder g, String name, Value x, int width, int stride) {
        Value y = g.relu(g.batchNorm(name + ".bn1", conv(g, name + ".conv1", x, 1, width, 1)));
        y = g.relu(g.batchNorm(name + ".bn2", conv(g, name + ".conv2", y, 3, width, stride)));
        y = g.batchNorm(name + ".bn3", conv(g, name + ".conv3", y, 1, 4 * width, 1));
        return g.relu(g.add(y, projected(g, name, x, 4 * width, stride)));
    }

    /** The input itself, or a 1×1 convolution of it where the shape changes. */
    private static Value projected(GraphBuilder g, String name, Value x, int channels, int stride) {
        if (stride == 1 && x.dim(1).is(channels)) {
            return x;
        }
        return g.batchNorm(name + ".downsample.1", conv(g, name + ".downsample.0", x, 1, channels, stride));
    }

    /** Half the rows and columns, twice the channels: the new ones are zero, half before and half after. */
    private static Value everyOther(GraphBuilder g, Value x) {
        long end = Integer.MAX_VALUE;
        Value sparse = g.op("Slice", x, g.longs(0, 0), g.longs(end, end), g.longs(2, 3), g.longs(2, 2));
        long half = x.dim(1).value() / 2;
        return g.pad(sparse, 0, 0, half, 0, 0, 0, half, 0, 0);
    }

    private static Value conv(GraphBuilder g, String name, Value x, int kernel, int filters, int stride) {
        return g.conv(
                name,
                x,
                Conv.kernel(kernel)
                        .filters(filters)
                        .stride(stride)
                        .pad(kernel / 2)
                        .noBias()
                        .init(Initializers.heNormalFanOut()));
    }
}

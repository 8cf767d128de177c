package org.menagerie.plugin.segnet;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Task;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.graph.layer.Pool;

/**
 * Encoder and decoder without skip connections, in three forms: SegNet (Badrinarayanan, Kendall and Cipolla 2017, "SegNet: a
 * deep convolutional encoder-decoder architecture for image segmentation"), whose decoder puts each element where its pool
 * had found it; DeconvNet (Noh, Hong and Han 2015, "Learning deconvolution network for semantic segmentation"), which
 * does so too, with transposed convolutions and two fully connected layers between; and a plain bottleneck, whose
 * encoder steps and whose decoder doubles by transposed convolutions.
 *
 * <p><b>Deviations.</b> Convolutions before batch normalisation have no bias, since it would cancel; pixels weigh alike in the
 * loss; nothing is pretrained. DeconvNet is trained on whole pictures, not first on cut-out objects.
 *
 * <p>{@code image f32[N,channels,size,size]} to {@code logits f32[N,1+classes,size,size]}, class 0 the background;
 * 29,441,996 parameters for the 11 classes and the background of SegNet's road scenes, 251,788,949 for DeconvNet's 20.
 */
final class SegNet implements Architecture<SegNet.Config> {
    /** How maps become larger again. */
    enum Up {
        /** The decoder places values by the indices of the pools, and convolutions follow. */
        UNPOOL,
        /** The decoder places values by the indices of the pools, and transposed convolutions follow. */
        UNPOOL_TRANSPOSED,
        /** The decoder has transposed convolutions with stride 2, the encoder convolutions with stride 2 instead of pools. */
        STRIDE
    }

    /**
     * @param convolutions in each stage of the encoder, and of the decoder, which is its mirror
     * @param filters of each stage, the whole picture's first
     * @param bottleneck units of the two fully connected layers between encoder and decoder; 0 for none
     * @param classes of things; class 0 of the logits is the background
     */
    record Config(
            List<Integer> convolutions,
            List<Integer> filters,
            Up up,
            int bottleneck,
            int classes,
            int channels,
            int size) {
        Config {
            int stages = filters.size();
            boolean layers = stages > 0
                    && stages == convolutions.size()
                    && Collections.min(convolutions) > 0
                    && Collections.min(filters) > 0;
            int unit = 1 << stages;
            boolean fits = up == Up.STRIDE ? size % unit == 0 && size > 0 : size >= unit;
            if (!layers || bottleneck < 0 || classes < 1 || channels < 1 || !fits) {
                throw new IllegalArgumentException(
                        "SegNet needs convolutions and filters for each stage, a bottleneck of 0 or more, a class, a channel and pictures of %s %d pixels; found %s"
                                .formatted(
                                        up == Up.STRIDE ? "a multiple of" : "at least",
                                        unit,
                                        List.of(convolutions, filters, bottleneck, classes, channels, size)));
            }
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Map<String, Config> variants() {
        List<Integer> vgg16 = List.of(2, 2, 3, 3, 3);
        List<Integer> filters = List.of(64, 128, 256, 512, 512);
        List<Integer> few = List.of(8, 24, 48, 64, 96);
        return Map.of(
                "segnet", new Config(vgg16, filters, Up.UNPOOL, 0, 11, 3, 360),
                "deconvnet", new Config(vgg16, filters, Up.UNPOOL_TRANSPOSED, 4096, 20, 3, 224),
                "segnet-small", new Config(List.of(2, 2, 2, 2, 2), few, Up.UNPOOL, 0, 10, 1, 128),
                "bottleneck-small", new Config(List.of(2, 2, 2, 2, 2), few, Up.STRIDE, 0, 10, 1, 128));
    }

    @Override
    public Task task(Config config) {
        return new Task("image-segmentation", "segmentation", Map.of("output", "logits")).judgedBy("mIoU");
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Value x = g.input("image", "f32[N,%d,%d,%<d]".formatted(config.channels(), config.size()));
        boolean strides = config.up() == Up.STRIDE;
        int stages = config.filters().size();
        Value[] seen = new Value[stages];
        Value[] indices = new Value[stages];
        for (int stage = 0; stage < stages; stage++) {
            int layers = config.convolutions().get(stage);
            for (int i = 1; i <= layers; i++) {
                Conv settings = kernel(3, config.filters().get(stage)).stride(strides && i == layers ? 2 : 1);
                x = layer(g, "encoder%d.%d".formatted(stage, i), x, settings, false);
            }
            if (!strides) {
                List<Value> pooled = g.maxPoolWithIndices(x, Pool.of(2));
                seen[stage] = x;
                indices[stage] = pooled.get(1);
                x = pooled.get(0);
            }
        }
        if (config.bottleneck() > 0) {
            Conv whole = kernel((int) x.dim(2).value(), 0).pad(0);
            Value deepest = x;
            x = layer(g, "fc6", x, whole.filters(config.bottleneck()), false);
            x = layer(g, "fc7", x, kernel(1, config.bottleneck()), false);
            x = layer(g, "fc6-up", x, whole.filters((int) deepest.dim(1).value()), true);
        }
        for (int stage = stages - 1; stage >= 0; stage--) {
            x = strides ? x : g.maxUnpool(x, indices[stage], Pool.of(2), seen[stage]);
            int layers = config.convolutions().get(stage);
            boolean headIsLast = stage == 0 && config.up() == Up.UNPOOL;
            for (int i = 1; i <= (headIsLast ? layers - 1 : layers); i++) {
                Conv settings = kernel(3, config.filters().get(i < layers ? stage : Math.max(0, stage - 1)));
                boolean doubles = strides && i == 1;
                settings = doubles ? settings.stride(2).outputPadding(1) : settings;
                boolean transposed = doubles || config.up() == Up.UNPOOL_TRANSPOSED;
                x = layer(g, "decoder%d.%d".formatted(stage, i), x, settings, transposed);
            }
        }
        Conv head = kernel(config.up() == Up.UNPOOL ? 3 : 1, 1 + config.classes());
        g.output("logits", g.conv("head", x, head));
    }

    @Override
    public Value loss(GraphBuilder g, Config config) {
        Value logits = g.output("logits");
        Value mask = g.input("mask", "i64[N,%d,%<d]".formatted(config.size()));
        g.output("pixel_accuracy", g.accuracy(logits, mask));
        return g.crossEntropy(logits, mask);
    }

    private static Value layer(GraphBuilder g, String name, Value x, Conv settings, boolean transposed) {
        Conv plain = settings.noBias();
        Value y = transposed ? g.convTranspose(name + ".conv", x, plain) : g.conv(name + ".conv", x, plain);
        return g.relu(g.batchNorm(name + ".bn", y));
    }

    private static Conv kernel(int size, int filters) {
        return Conv.kernel(size).filters(filters).pad(size / 2).init(Initializers.heNormal());
    }
}

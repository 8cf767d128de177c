package org.menagerie.plugin.unet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Task;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Initializers;

/**
 * U-Net (Ronneberger, Fischer and Brox 2015, "U-Net: convolutional networks for biomedical image segmentation", figure 1).
 *
 * <p><b>Deviations.</b> Padding and batch normalisation where the config asks for them; no dropout at the bottom; every
 * pixel weighs the same in the loss.
 *
 * <p>{@code image f32[N,channels,size,size]} to {@code logits f32[N,1+classes,side,side]}, class 0 the background;
 * 31,030,658 parameters in the paper's form.
 */
final class Unet implements Architecture<Unet.Config> {
    /**
     * Ends and body.
     *
     * @param classes of things, the background not counted
     * @param width filters of the first level; each level below has twice as many
     * @param depth how often the picture is halved
     * @param padded whether zeros keep the size; as in the paper without, each 3×3 convolution takes two pixels off
     */
    record Config(int classes, int channels, int size, int width, int depth, boolean padded, boolean batchNorm) {
        Config {
            if (classes < 1 || channels < 1 || width < 1 || depth < 1) {
                throw new IllegalArgumentException(
                        "U-Net needs a class, channel, filter and level; found %d, %d, %d, %d"
                                .formatted(classes, channels, width, depth));
            }
            int lost = padded ? 0 : 4;
            int rows = size - lost;
            for (int level = 0; level < depth; rows = rows / 2 - lost, level++) {
                if (rows % 2 != 0 || rows / 2 <= lost) {
                    throw new IllegalArgumentException(
                            "U-Net cannot halve pictures of size %d %d times: level %d has %d rows"
                                    .formatted(size, depth, level, rows));
                }
            }
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Map<String, Config> variants() {
        return Map.of(
                "unet", new Config(1, 1, 572, 64, 4, false, false),
                "unet-small", new Config(1, 1, 128, 8, 4, true, true));
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Value x = g.input("image", "f32[N,%d,%d,%<d]".formatted(config.channels(), config.size()));
        Deque<Value> skips = new ArrayDeque<>();
        for (int level = 0; level < config.depth(); level++) {
            skips.push(twoConvs(g, "encoder" + level, x, config.width() << level, config));
            x = g.maxPool(skips.element(), 2);
        }
        x = twoConvs(g, "bottom", x, config.width() << config.depth(), config);
        for (int level = config.depth() - 1; level >= 0; level--) {
            Value up = g.convTranspose(
                    "up" + level, x, he(2).filters(config.width() << level).stride(2));
            Value both = g.concat(1, middle(g, skips.pop(), 2, up), up);
            x = twoConvs(g, "decoder" + level, both, config.width() << level, config);
        }
        g.output("logits", g.conv("head", x, he(1).filters(1 + config.classes())));
    }

    private static Value twoConvs(GraphBuilder g, String name, Value x, int width, Config config) {
        Conv settings = he(3).filters(width).pad(config.padded() ? 1 : 0);
        Value y = x;
        for (int i = 1; i <= 2; i++) {
            y = g.conv("%s.conv%d".formatted(name, i), y, config.batchNorm() ? settings.noBias() : settings);
            y = g.relu(config.batchNorm() ? g.batchNorm("%s.bn%d".formatted(name, i), y) : y);
        }
        return y;
    }

    private static Conv he(int kernel) {
        return Conv.kernel(kernel).init(Initializers.heNormal());
    }

    /** The middle of the planes that begin at an axis, as large as a map. */
    private static Value middle(GraphBuilder g, Value planes, int axis, Value map) {
        long side = map.dim(2).value();
        long margin = (planes.dim(axis).value() - side) / 2;
        Value rows = margin == 0 ? planes : g.slice(planes, axis, margin, margin + side);
        return margin == 0 ? planes : g.slice(rows, axis + 1, margin, margin + side);
    }

    @Override
    public Value loss(GraphBuilder g, Config config) {
        Value logits = g.output("logits");
        Value mask = middle(g, g.input("mask", "i64[N,%d,%<d]".formatted(config.size())), 1, logits);
        g.output("pixel_accuracy", g.accuracy(logits, mask));
        return g.crossEntropy(logits, mask);
    }

    @Override
    public Task task(Config config) {
        int margin = config.padded() ? 0 : (6 << config.depth()) - 4;
        return new Task("image-segmentation", "segmentation", Map.of("output", "logits", "margin", margin));
    }
}

package org.menagerie.plugin.unet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Initializers;

/**
 * U-Net (Ronneberger, Fischer and Brox 2015, "U-Net: convolutional networks for biomedical image segmentation", figure 1):
 * halves the picture level by level, then doubles it again beside what each level saw.
 *
 * <p><b>Deviations.</b> Padding {@code same} and batch normalisation where the config asks for them; no dropout at the
 * bottom; every pixel weighs the same in the loss.
 *
 * <p>{@code image f32[N,channels,size,size]} to {@code logits f32[N,1+classes,H,W]}, H and W the size with padding {@code
 * same}, with {@code valid} the middle of it; class 0 is the background. 31,030,658 parameters in the paper's form.
 */
final class Unet implements Architecture<Unet.Config> {
    /** How a 3×3 convolution treats the border: zeros around it, or only where the kernel fits. */
    enum Padding {
        SAME,
        VALID
    }

    /**
     * Ends and body.
     *
     * @param classes of things, the background not counted
     * @param channels of the pictures
     * @param size of the pictures' sides, pixels
     * @param width filters of the first level; each level below has twice as many
     * @param depth how often the picture is halved
     */
    record Config(int classes, int channels, int size, int width, int depth, Padding padding, boolean batchNorm) {
        Config {
            if (classes < 1 || channels < 1 || width < 1 || depth < 1) {
                throw new IllegalArgumentException(
                        "U-Net needs at least one class, channel, filter and level; found %d, %d, %d and %d"
                                .formatted(classes, channels, width, depth));
            }
            int lost = padding == Padding.SAME ? 0 : 4;
            int side = size - lost;
            for (int level = 0; level < depth; level++, side = side / 2 - lost) {
                if (side < 2 || side % 2 != 0) {
                    throw new IllegalArgumentException(
                            "U-Net of depth %d with padding %s cannot halve pictures of size %d: level %d has %d rows"
                                    .formatted(
                                            depth,
                                            padding.name().toLowerCase(java.util.Locale.ROOT),
                                            size,
                                            level,
                                            side));
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
                "unet", new Config(1, 1, 572, 64, 4, Padding.VALID, false),
                "unet-small", new Config(1, 1, 128, 8, 4, Padding.SAME, true));
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Value x = g.input("image", "f32[N,%d,%d,%<d]".formatted(config.channels(), config.size()));
        Deque<Value> skips = new ArrayDeque<>();
        for (int level = 0; level < config.depth(); level++) {
            skips.push(block(g, "encoder" + level, x, config.width() << level, config));
            x = g.maxPool(skips.element(), 2);
        }
        x = block(g, "bottom", x, config.width() << config.depth(), config);
        for (int level = config.depth() - 1; level >= 0; level--) {
            int width = config.width() << level;
            Value up = g.convTranspose("up" + level, x, he(2).filters(width).stride(2));
            Value skip = middle(g, skips.pop(), up.dim(2).value(), 2);
            x = block(g, "decoder" + level, g.concat(1, skip, up), width, config);
        }
        g.output("logits", g.conv("head", x, he(1).filters(1 + config.classes())));
    }

    @Override
    public Value loss(GraphBuilder g, Config config) {
        Value logits = g.output("logits");
        Value whole = g.input("mask", "i64[N,%d,%<d]".formatted(config.size()));
        Value mask = middle(g, whole, logits.dim(2).value(), 1);
        g.output("pixel_accuracy", g.accuracy(logits, mask));
        return g.crossEntropy(logits, mask);
    }

    /** Two 3×3 convolutions, each with ReLU. */
    private static Value block(GraphBuilder g, String name, Value x, int width, Config config) {
        Conv settings = he(3).filters(width).pad(config.padding() == Padding.SAME ? 1 : 0);
        Value y = x;
        for (int i = 1; i <= 2; i++) {
            Value z = g.conv("%s.conv%d".formatted(name, i), y, config.batchNorm() ? settings.noBias() : settings);
            y = g.relu(config.batchNorm() ? g.batchNorm("%s.bn%d".formatted(name, i), z) : z);
        }
        return y;
    }

    private static Conv he(int kernel) {
        return Conv.kernel(kernel).init(Initializers.heNormal());
    }

    /** The middle of the plane that begins at an axis. */
    private static Value middle(GraphBuilder g, Value x, long side, int axis) {
        long margin = (x.dim(axis).value() - side) / 2;
        return margin == 0 ? x : g.slice(g.slice(x, axis, margin, margin + side), axis + 1, margin, margin + side);
    }
}

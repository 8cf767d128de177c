package org.menagerie.plugin.unet;

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
 * <p><b>Deviations.</b> Padding and batch normalisation by config; no dropout at the bottom; pixels weigh alike.
 *
 * <p>{@code image f32[N,channels,size,size]} to {@code logits f32[N,1+classes,side,side]}, class 0 the background;
 * 31,030,658 parameters in the paper's form.
 */
final class Unet implements Architecture<Unet.Config> {
    /**
     * @param classes of things, the background not counted
     * @param top filters of the first level, where maps are largest; the paper's {@code width}
     * @param width doubled from level to level: the second has twice as many filters, the third four times
     * @param depth how often the picture is halved
     * @param padded whether zeros keep the size; as in the paper without, each 3×3 convolution takes two pixels off
     */
    record Config(
            int classes, int channels, int size, int top, int width, int depth, boolean padded, boolean batchNorm) {
        Config {
            int unit = 1 << depth;
            int least = padded ? unit : 12 * unit - 4;
            if (classes < 1 || channels < 1 || top < 1 || width < 1 || depth < 1) {
                throw new IllegalArgumentException(
                        "U-Net needs a class, channel, filter and level; found %d, %d, %d and %d, %d"
                                .formatted(classes, channels, top, width, depth));
            }
            if (size < least || (size - least) % unit != 0) {
                throw new IllegalArgumentException("U-Net of depth %d takes pictures of size %d, %d and so on; found %d"
                        .formatted(depth, least, least + unit, size));
            }
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Map<String, Config> variants() {
        Config paper = new Config(1, 1, 572, 64, 64, 4, false, false);
        return Map.of("unet", paper, "unet-small", new Config(1, 1, 128, 8, 12, 4, true, true));
    }

    @Override
    public Task task(Config config) {
        int margin = config.padded() ? 0 : (6 << config.depth()) - 4;
        return new Task("image-segmentation", "segmentation", Map.of("output", "logits", "margin", margin));
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Value x = g.input("image", "f32[N,%d,%d,%<d]".formatted(config.channels(), config.size()));
        Value[] skips = new Value[config.depth()];
        for (int level = 0; level < config.depth(); level++) {
            skips[level] = twoConvs(g, "encoder" + level, x, level, config);
            x = g.maxPool(skips[level], 2);
        }
        x = twoConvs(g, "bottom", x, config.depth(), config);
        for (int level = config.depth() - 1; level >= 0; level--) {
            Value up = g.convTranspose("up" + level, x, he(2, level, config).stride(2));
            Value both = g.concat(1, g.centerCrop(skips[level], up), up);
            x = twoConvs(g, "decoder" + level, both, level, config);
        }
        g.output("logits", g.conv("head", x, he(1, 0, config).filters(1 + config.classes())));
    }

    @Override
    public Value loss(GraphBuilder g, Config config) {
        Value logits = g.output("logits");
        Value mask = g.centerCrop(g.input("mask", "i64[N,%d,%<d]".formatted(config.size())), logits);
        g.output("pixel_accuracy", g.accuracy(logits, mask));
        return g.crossEntropy(logits, mask);
    }

    private static Value twoConvs(GraphBuilder g, String name, Value x, int level, Config config) {
        Conv settings = he(3, level, config).pad(config.padded() ? 1 : 0);
        Value y = x;
        for (int i = 1; i <= 2; i++) {
            y = g.conv("%s.conv%d".formatted(name, i), y, config.batchNorm() ? settings.noBias() : settings);
            y = g.relu(config.batchNorm() ? g.batchNorm("%s.bn%d".formatted(name, i), y) : y);
        }
        return y;
    }

    private static Conv he(int kernel, int level, Config config) {
        int filters = level == 0 ? config.top() : config.width() << level;
        return Conv.kernel(kernel).filters(filters).init(Initializers.heNormal());
    }
}

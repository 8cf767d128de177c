package org.menagerie.plugin.unet;

import java.util.List;
import java.util.Map;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Task;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Initializers;

/**
 * U-Net (Ronneberger, Fischer and Brox 2015, "U-Net: convolutional networks for biomedical image segmentation", figure 1):
 * {@code image f32[N,channels,size,size]} to {@code logits f32[N,1+classes,side,side]}; 31,030,658 parameters in the paper.
 *
 * <p><b>Deviations.</b> Padding, batch normalisation and fused scores by config; no dropout at the bottom; pixels weigh alike.
 */
final class Unet implements Architecture<Unet.Config> {
    /**
     * @param classes of things; class 0 of the logits is the background
     * @param filters of each level, the whole picture's first; every further level halves the maps
     * @param same whether zeros keep the size; as in the paper without, each 3×3 convolution takes two pixels off
     * @param fuse whether scores of all levels add up (Long 2015, section 4.2), with half the filters in decoders
     */
    record Config(
            int classes, int channels, int size, List<Integer> filters, boolean same, boolean batchNorm, boolean fuse) {
        Config {
            int unit = 1 << Math.max(0, filters.size() - 1);
            int least = same ? unit : 12 * unit - 4;
            boolean counts = classes > 0 && channels > 0 && filters.stream().allMatch(count -> count > (fuse ? 1 : 0));
            if (!counts || filters.isEmpty() || size < least || (size - least) % unit != 0) {
                throw new IllegalArgumentException(
                        "U-Net takes a class, a channel, levels of %d filters or more, sizes %d, %d, …; found %d, %d, %s, %d"
                                .formatted(fuse ? 2 : 1, least, least + unit, classes, channels, filters, size));
            }
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Map<String, Config> variants() {
        Config full = new Config(1, 1, 572, List.of(64, 128, 256, 512, 1024), false, false, false);
        return Map.of("unet", full, "unet-small", new Config(1, 1, 128, List.of(8, 32, 64, 96, 128), true, true, true));
    }

    @Override
    public Task task(Config config) {
        int margin = config.same() ? 0 : (6 << (config.filters().size() - 1)) - 4;
        return new Task(
                        "image-segmentation",
                        "segmentation",
                        Map.of("output", "logits", "margin", margin, "tta", "shift"))
                .judgedBy("mIoU");
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Value x = g.input("image", "f32[N,%d,%d,%<d]".formatted(config.channels(), config.size()));
        Value[] maps = new Value[config.filters().size()];
        for (int level = 0; level < maps.length; level++) {
            Value seen = level == 0 ? x : g.maxPool(maps[level - 1], 2);
            maps[level] = twoConvs(g, "encoder" + level, seen, config.filters().get(level), config);
        }
        for (int level = maps.length - 2; level >= 0; level--) {
            int filters = config.filters().get(level) / (config.fuse() ? 2 : 1);
            Value up = g.convTranspose(
                    "up" + level, maps[level + 1], he(2, filters).stride(2));
            Value both = g.concat(1, g.centerCrop(maps[level], up), up);
            maps[level] = twoConvs(g, "decoder" + level, both, filters, config);
        }
        int coarsest = config.fuse() ? maps.length - 1 : 0; // from here up, maps become scores
        for (int level = coarsest; level >= 0; level--) {
            Value own = g.conv("head" + level, maps[level], he(1, 1 + config.classes()));
            maps[level] = level == coarsest ? own : g.add(own, g.centerCrop(g.upsample(maps[level + 1], 2), own));
        }
        g.output("logits", maps[0]);
    }

    @Override
    public Value loss(GraphBuilder g, Config config) {
        Value logits = g.output("logits");
        Value mask = g.centerCrop(g.input("mask", "i64[N,%d,%<d]".formatted(config.size())), logits);
        g.output("pixel_accuracy", g.accuracy(logits, mask));
        return g.crossEntropy(logits, mask);
    }

    private static Value twoConvs(GraphBuilder g, String name, Value x, int filters, Config config) {
        Conv settings = he(3, filters).pad(config.same() ? 1 : 0);
        Value y = x;
        for (int i = 1; i <= 2; i++) {
            y = g.conv("%s.conv%d".formatted(name, i), y, config.batchNorm() ? settings.noBias() : settings);
            y = g.relu(config.batchNorm() ? g.batchNorm("%s.bn%d".formatted(name, i), y) : y);
        }
        return y;
    }

    private static Conv he(int kernel, int filters) {
        return Conv.kernel(kernel).filters(filters).init(Initializers.heNormal());
    }
}

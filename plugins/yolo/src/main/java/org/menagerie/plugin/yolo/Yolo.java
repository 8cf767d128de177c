package org.menagerie.plugin.yolo;

import java.util.Map;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Task;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Initializers;

/**
 * You only look once (Redmon, Divvala, Girshick and Farhadi 2016, "You only look once: unified, real-time object
 * detection", section 2): the picture is a grid of S×S cells, and the cell that an object's centre falls into tells the
 * object's class and, B times over, its box and how sure of the box it is.
 *
 * <p><b>Deviations.</b> The network gives the square roots of width and height, as the authors' code does, so that the
 * loss takes no root of a prediction. Where several objects' centres share a cell, each counts. The small backbone has
 * batch normalisation, and a 1×1 convolution in place of the two linear layers.
 *
 * <p>{@code image f32[N,channels,size,size]} to {@code grid f32[N,S,S,5B+classes]}: for each box the centre's place in
 * the cell, right and down, then the roots of width and height as fractions of the picture, then the confidence; after the
 * boxes the classes' probabilities. All are linear, meant to lie in 0 to 1. 271,703,550 parameters as in the paper.
 */
final class Yolo implements Architecture<Yolo.Config> {
    private static final double LEAK = 0.1;

    /**
     * Backbone and ends.
     *
     * @param backbone {@code paper} or {@code small}
     * @param boxes that each cell gives, the paper's B
     * @param classes how many
     * @param channels of the pictures
     * @param size of the pictures' sides, pixels; a multiple of the backbone's cell, 64 or 16
     */
    record Config(Backbone backbone, int boxes, int classes, int channels, int size) {
        Config {
            if (boxes < 1 || classes < 1 || channels < 1 || size < 1) {
                throw new IllegalArgumentException(
                        "YOLO needs a box a cell, a class, a channel and a pixel; found %d, %d, %d and %d"
                                .formatted(boxes, classes, channels, size));
            }
            if (size % backbone.cell != 0) {
                throw new IllegalArgumentException(
                        "YOLO's %s backbone needs pictures of a multiple of %d pixels; found %d"
                                .formatted(backbone.name().toLowerCase(java.util.Locale.ROOT), backbone.cell, size));
            }
        }

        /** Cells along a side, the paper's S. */
        int cells() {
            return size / backbone.cell;
        }

        /** Numbers a cell. */
        int depth() {
            return 5 * boxes + classes;
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Map<String, Config> variants() {
        return Map.of(
                "yolo", new Config(Backbone.PAPER, 2, 20, 3, 448), //
                "yolo-small", new Config(Backbone.SMALL, 2, 20, 1, 128));
    }

    @Override
    public Task task(Config config) {
        return new Task("object-detection", "yolo", Map.of("output", "grid")).judgedBy("mAP");
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Value x = g.input("image", "f32[N,%d,%d,%<d]".formatted(config.channels(), config.size()));
        int number = 0;
        for (String layer : config.backbone().layers()) {
            x = layer.equals("pool") ? g.maxPool(x, 2) : convolution(g, "conv" + ++number, x, layer, config.backbone());
        }
        int cells = config.cells();
        Value grid = config.backbone() == Backbone.PAPER ? connected(g, x, config) : convolved(g, x, config);
        g.output("grid", grid.is("f32[N,%d,%<d,%d]".formatted(cells, config.depth())));
    }

    private static Value convolution(GraphBuilder g, String name, Value x, String layer, Backbone backbone) {
        String[] numbers = layer.split("[x/]");
        int kernel = Integer.parseInt(numbers[0]);
        Conv conv = Conv.kernel(kernel)
                .filters(Integer.parseInt(numbers[1]))
                .stride(numbers.length > 2 ? Integer.parseInt(numbers[2]) : 1)
                .pad(kernel / 2)
                .init(Initializers.heNormal());
        Value y = backbone == Backbone.PAPER
                ? g.conv(name, x, conv)
                : g.batchNorm(name + ".norm", g.conv(name, x, conv.noBias()));
        return g.leakyRelu(y, LEAK);
    }

    /** The paper's two linear layers, with dropout after the first. */
    private static Value connected(GraphBuilder g, Value x, Config config) {
        int cells = config.cells();
        Value hidden = g.dropout(g.leakyRelu(g.linear("fc1", g.flatten(x), 4096), LEAK), 0.5);
        return g.reshape(g.linear("fc2", hidden, cells * cells * config.depth()), -1, cells, cells, config.depth());
    }

    private static Value convolved(GraphBuilder g, Value x, Config config) {
        return g.transpose(g.conv("head", x, Conv.kernel(1).filters(config.depth())), 0, 2, 3, 1);
    }

    /** The paper's formula 3, against the data's boxes and their classes; reports the boxes' mean IoU. */
    @Override
    public Value loss(GraphBuilder g, Config config) {
        return new YoloLoss(g, config).of(g.output("grid"));
    }
}

package org.menagerie.plugin.overfeat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Task;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.spi.Tensor;

/**
 * OverFeat (Sermanet, Eigen, Zhang, Mathieu, Fergus and LeCun 2013, "OverFeat: integrated recognition, localization and
 * detection using convolutional networks"): a classifier whose linear layers are convolutions looks at all windows of a
 * picture at several scales in one pass, and a second head tells for each window the box of what it shows. The last pool is
 * taken at nine offsets, so that neighbouring windows are as close as the maps below it allow.
 *
 * <p><b>Deviations.</b> Pictures are square, and zeros around them let windows hang over their edges. Features, classes and
 * boxes are trained together, on the windows of the middle offset at all scales instead of on crops. A window shows an
 * object if its IoU with the smallest square around the object is 0.4 or more, or if no other window fits the object better;
 * it is background below 0.2, and of a picture's background the 24 hardest windows count. The small trunk has three
 * convolutions. Nothing is pretrained.
 *
 * <p>{@code image f32[N,channels,size,size]} to {@code scores f32[N,W,classes+1]}, the probabilities of the classes and, last,
 * of background, and {@code corners f32[N,W,4]}, left, top, right and bottom in pixels, for W windows.
 */
final class OverFeat implements Architecture<OverFeat.Config> {
    /**
     * @param trunk {@code accurate} or {@code small}
     * @param scales pixels that a pixel of the picture becomes, for each size that is looked at
     * @param classes how many, without the background
     * @param channels of the pictures
     * @param size of the pictures' sides, pixels
     */
    record Config(Trunk trunk, List<Double> scales, int classes, int channels, int size) {
        Config {
            scales = List.copyOf(scales);
            if (scales.isEmpty() || classes < 1 || channels < 1 || size < 1) {
                throw new IllegalArgumentException(
                        "OverFeat needs a scale, a class, a channel and a pixel; found %s, %d, %d and %d"
                                .formatted(scales, classes, channels, size));
            }
            for (double factor : scales) {
                if (!(factor > 0) || new Scale(trunk, factor, (int) (size * factor)).windows() < 1) {
                    throw new IllegalArgumentException(
                            "A picture of %d pixels at scale %s holds no window of %d pixels; expected a larger scale"
                                    .formatted(size, factor, trunk.window()));
                }
            }
        }
    }

    /** What the heads tell of all windows: {@code [N,W,classes+1]}, {@code [N,W,4]} and the constant {@code [W,4]}. */
    record Scan(Value logits, Value edges, Value windows) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Map<String, Config> variants() {
        return Map.of(
                "overfeat", new Config(Trunk.ACCURATE, List.of(0.53, 0.61, 0.69, 0.84, 0.92, 1.0), 1000, 3, 461), //
                "overfeat-small", new Config(Trunk.SMALL, List.of(0.703125, 1.0, 1.40625), 10, 1, 128));
    }

    @Override
    public Task task(Config config) {
        return new Task("object-detection", "overfeat", Map.of("scores", "scores", "corners", "corners"))
                .judgedBy("mAP");
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        g.input("image", "f32[N,%d,%d,%<d]".formatted(config.channels(), config.size()));
        Scan scan = g.sharing(() -> scan(g, config, Offset.all()));
        Value leftTop = g.slice(scan.windows(), 1, 0, 2);
        Value sides = g.sub(g.slice(scan.windows(), 1, 2, 4), leftTop);
        g.output("scores", g.softmax(scan.logits(), 2));
        g.output("corners", g.add(g.tile(leftTop, 1, 2), g.mul(scan.edges(), g.tile(sides, 1, 2))));
    }

    /** All windows at all scales, by the same parameters. */
    private static Scan scan(GraphBuilder g, Config config, List<Offset> offsets) {
        Trunk trunk = config.trunk();
        List<Value> logits = new ArrayList<>();
        List<Value> edges = new ArrayList<>();
        List<Value> windows = new ArrayList<>();
        for (double factor : config.scales()) {
            Scale scale = Scale.of(config, factor);
            Value pooled = pooled(g, features(g, picture(g, scale), trunk), scale, offsets);
            logits.add(
                    head(g, "classes", pooled, trunk.classHidden(), config.classes() + 1, offsets.size(), trunk.field));
            edges.add(head(g, "boxes", pooled, trunk.boxHidden(), 4, offsets.size(), trunk.field));
            windows.add(g.constant(scale.corners(offsets)));
        }
        return new Scan(g.concat(1, logits), g.concat(1, edges), g.concat(0, windows));
    }

    /** The picture at a scale, with the zeros around it. */
    private static Value picture(GraphBuilder g, Scale scale) {
        Value factors = g.constant(Tensor.of(new float[] {1, 1, (float) scale.factor(), (float) scale.factor()}, 4));
        Value image = g.op("Resize", Attributes.of("mode", "linear"), g.input("image"), null, factors);
        long before = scale.zerosBefore();
        long after = scale.padded() - scale.side() - before;
        return g.pad(image, 0, 0, 0, before, before, 0, 0, after, after);
    }

    private static Value features(GraphBuilder g, Value picture, Trunk trunk) {
        Value x = picture;
        int number = 0;
        for (Trunk.Layer layer : trunk.layers()) {
            Conv conv = Conv.kernel(layer.kernel())
                    .filters(layer.filters())
                    .stride(layer.stride())
                    .pad(layer.pad());
            x = layer.filters() == 0
                    ? g.maxPool(x, layer.kernel())
                    : g.relu(g.conv("features." + ++number, x, conv.init(Initializers.heNormal())));
        }
        return x;
    }

    /** The last pool at each of the offsets, which become further examples of the batch: {@code [offsets·N,C,h,w]}. */
    private static Value pooled(GraphBuilder g, Value features, Scale scale, List<Offset> offsets) {
        int extent = Trunk.POOL * scale.pooled();
        List<Value> maps = new ArrayList<>();
        for (Offset offset : offsets) {
            Value rows = g.slice(features, 2, offset.down(), offset.down() + extent);
            Value map = g.slice(rows, 3, offset.right(), offset.right() + extent);
            maps.add(g.maxPool(map, Trunk.POOL));
        }
        return g.concat(0, maps);
    }

    /** Linear layers over windows of the pooled map, as convolutions; the offsets' windows one after the other. */
    private static Value head(
            GraphBuilder g, String name, Value pooled, List<Integer> hidden, int out, int offsets, int field) {
        Value x = pooled;
        int kernel = field;
        for (int i = 0; i < hidden.size(); i++) {
            Conv conv = Conv.kernel(kernel).filters(hidden.get(i)).init(Initializers.heNormal());
            x = g.relu(g.conv(name + "." + i, x, conv));
            kernel = 1;
        }
        Value map = g.conv(name + ".out", x, Conv.kernel(kernel).filters(out));
        long windows = map.dim(2).value() * map.dim(3).value();
        Value byOffset = g.transpose(g.reshape(map, offsets, -1, out, windows), 1, 0, 3, 2);
        return g.reshape(byOffset, 0, offsets * windows, out);
    }

    /** Cross-entropy of the windows' classes, and squared errors of the boxes of those that show an object. */
    @Override
    public Value loss(GraphBuilder g, Config config) {
        return new OverFeatLoss(g, config.classes()).of(g.sharing(() -> scan(g, config, List.of(Offset.MIDDLE))));
    }
}

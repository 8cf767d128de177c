package org.menagerie.plugin.vgg;

import java.util.Collections;
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
import org.menagerie.vision.ImageNet;

/**
 * VGG networks (Simonyan and Zisserman 2015, "Very deep convolutional networks for large-scale image recognition",
 * table 1): configurations A, B, D and E with 11, 13, 16 and 19 layers, and narrow ones for small pictures.
 *
 * <p><b>Deviations.</b> As in torchvision, whose parameter names and layouts it has: convolutions start with He's normal
 * weights, not with those of a shallower network; batch normalisation (Ioffe 2015) by config; pictures of other sizes than
 * 224 are averaged to the 7×7 positions that the classifier takes.
 *
 * <p>{@code image f32[N,channels,size,size]} to {@code logits f32[N,classes]}; 132,863,336, 133,047,848, 138,357,544 and
 * 143,667,240 parameters (1,000 classes), a few thousand more with batch normalisation.
 */
final class Vgg implements Architecture<Vgg.Config> {
    /** Convolutions in each stage, by depth. */
    private static final Map<Integer, List<Integer>> CONVOLUTIONS = Map.of(
            11, List.of(1, 1, 2, 2, 2),
            13, List.of(2, 2, 2, 2, 2),
            16, List.of(2, 2, 3, 3, 3),
            19, List.of(2, 2, 4, 4, 4));

    private static final Conv THREE =
            Conv.kernel(3).pad(1).init(Initializers.heNormalFanOut()).biasInit(Initializers.zeros());

    /**
     * @param convolutions in each stage; a stage halves the maps at its end
     * @param filters of the convolutions of each stage
     * @param batchNorm whether each convolution is followed by batch normalisation
     * @param positions on each side of the map that the classifier takes
     * @param hidden units in each of the two hidden linear layers
     * @param size of the pictures' sides, pixels
     */
    record Config(
            List<Integer> convolutions,
            List<Integer> filters,
            boolean batchNorm,
            int positions,
            int hidden,
            int classes,
            int channels,
            int size) {
        Config {
            int stages = filters.size();
            boolean layers = stages > 0
                    && stages == convolutions.size()
                    && Collections.min(convolutions) > 0
                    && Collections.min(filters) > 0;
            if (!layers || positions < 1 || hidden < 1 || classes < 2 || channels < 1 || size >> stages < 1) {
                throw new IllegalArgumentException(
                        "VGG needs convolutions and filters for each stage, a position, a hidden unit, two classes, a channel and pictures of %d pixels or more; found %s"
                                .formatted(
                                        1 << stages,
                                        List.of(convolutions, filters, positions, hidden, classes, channels, size)));
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
        CONVOLUTIONS.forEach((depth, convolutions) -> {
            List<Integer> filters = List.of(64, 128, 256, 512, 512);
            variants.put("vgg" + depth, new Config(convolutions, filters, false, 7, 4096, 1000, 3, 224));
            variants.put("vgg" + depth + "_bn", new Config(convolutions, filters, true, 7, 4096, 1000, 3, 224));
        });
        variants.put("vgg-small", new Config(List.of(2, 2, 2), List.of(16, 32, 64), true, 3, 128, 10, 1, 28));
        variants.put(
                "vgg-narrow",
                new Config(List.of(1, 1, 1, 2, 2), List.of(8, 16, 32, 64, 128), true, 4, 256, 10, 1, 128));
        return variants;
    }

    /** torchvision's. */
    @Override
    public Optional<PublishedWeights> published(Config config) {
        boolean imageNet = config.classes() == ImageNet.CLASSES && config.channels() == 3;
        return imageNet
                ? Optional.of(new PublishedWeights(ImageNet.preprocessor(config.size()), ImageNet.labels())
                        .withVersion("IMAGENET1K_V1", Map.of()))
                : Optional.empty();
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Value x = g.input("image", "f32[N,%d,%d,%<d]".formatted(config.channels(), config.size()));

        // Features: stages of 3×3 convolutions, each with a pool at its end.
        int layer = 0; // as torchvision counts: activations and pools too
        for (int stage = 0; stage < config.filters().size(); stage++) {
            for (int i = 0; i < config.convolutions().get(stage); i++) {
                x = g.conv(
                        "features." + layer++, x, THREE.filters(config.filters().get(stage)));
                x = config.batchNorm() ? g.batchNorm("features." + layer++, x) : x;
                x = g.relu(x);
                layer++;
            }
            x = g.maxPool(x, 2);
            layer++;
        }

        // Classifier: two hidden layers with dropout, classes.
        x = g.flatten(g.adaptiveAvgPool(x, config.positions()));
        x = g.dropout(g.relu(g.linear("classifier.0", x, config.hidden())), 0.5);
        x = g.dropout(g.relu(g.linear("classifier.3", x, config.hidden())), 0.5);
        g.output("logits", g.linear("classifier.6", x, config.classes()));
    }
}

package org.menagerie.plugin.alexnet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.PublishedWeights;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Pool;
import org.menagerie.vision.ImageNet;

/**
 * AlexNet (Krizhevsky, Sutskever and Hinton 2012, "ImageNet classification with deep convolutional neural networks"), in
 * the paper's two towers with local response normalisation, or in one tower without (Krizhevsky 2014, "One weird trick
 * for parallelizing convolutional neural networks"), as torchvision has it.
 *
 * <p><b>Deviations.</b> Both forms have torchvision's parameter names and layouts, dropout before the linear layers in
 * place of after them, and its initial weights. Towers are groups of a convolution. Of a picture of 224 pixels, the
 * first convolution sees two zeros around it, which gives the paper's 55×55 positions. Pictures of other sizes are
 * averaged to the 6×6 positions that the classifier takes, as in torchvision.
 *
 * <p>{@code image f32[N,channels,size,size]} to {@code logits f32[N,classes]}; 61,100,840 parameters in one tower,
 * 60,965,224 in two (1,000 classes).
 */
final class AlexNet implements Architecture<AlexNet.Config> {
    /** The smallest picture that leaves a position after three pools. */
    private static final int LEAST = 63;

    /**
     * @param filters of the five convolutions
     * @param hidden units in each of the two hidden linear layers
     * @param towers whether there are two, which meet in the third convolution only, and responses are normalised
     * @param size of the pictures' sides, pixels
     */
    record Config(List<Integer> filters, int hidden, boolean towers, int classes, int channels, int size) {
        Config {
            int tower = towers ? 2 : 1;
            boolean wide = filters.size() == 5 && filters.stream().allMatch(count -> count > 0 && count % tower == 0);
            if (!wide || hidden < 1 || classes < 2 || channels < 1 || size < LEAST) {
                throw new IllegalArgumentException(
                        "AlexNet needs five multiples of %d as filters, a hidden unit, two classes, a channel and pictures of %d pixels or more; found %s, %d, %d, %d and %d"
                                .formatted(tower, LEAST, filters, hidden, classes, channels, size));
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
                "alexnet", new Config(List.of(64, 192, 384, 256, 256), 4096, false, 1000, 3, 224),
                "alexnet-towers", new Config(List.of(96, 256, 384, 384, 256), 4096, true, 1000, 3, 224));
    }

    /** torchvision's. */
    @Override
    public Optional<PublishedWeights> published(Config config) {
        boolean imageNet = !config.towers() && config.classes() == ImageNet.CLASSES && config.channels() == 3;
        return imageNet
                ? Optional.of(new PublishedWeights(ImageNet.preprocessor(config.size()), ImageNet.labels())
                        .withVersion("IMAGENET1K_V1", Map.of()))
                : Optional.empty();
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        Value x = g.input("image", "f32[N,%d,%d,%<d]".formatted(config.channels(), config.size()));

        // Features: five convolutions; the first, second and fifth are pooled.
        int towers = config.towers() ? 2 : 1;
        List<Conv> convolutions = List.of(
                Conv.kernel(11).stride(4).pad(2),
                Conv.kernel(5).pad(2).groups(towers),
                Conv.kernel(3).pad(1),
                Conv.kernel(3).pad(1).groups(towers),
                Conv.kernel(3).pad(1).groups(towers));
        List<Integer> places = List.of(0, 3, 6, 8, 10); // as torchvision counts layers
        for (int i = 0; i < places.size(); i++) {
            Conv settings = convolutions.get(i).filters(config.filters().get(i));
            x = g.relu(g.conv("features." + places.get(i), x, settings));
            x = config.towers() && i < 2 ? g.lrn(x, 5, 5e-4, 0.75, 2) : x;
            x = i < 2 || i == 4 ? g.maxPool(x, Pool.of(3).stride(2)) : x;
        }

        // Classifier: 6×6 positions, two hidden layers, classes.
        x = g.flatten(g.adaptiveAvgPool(x, 6));
        x = g.relu(g.linear("classifier.1", g.dropout(x, 0.5), config.hidden()));
        x = g.relu(g.linear("classifier.4", g.dropout(x, 0.5), config.hidden()));
        g.output("logits", g.linear("classifier.6", x, config.classes()));
    }
}

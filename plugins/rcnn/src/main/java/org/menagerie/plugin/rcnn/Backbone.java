package org.menagerie.plugin.rcnn;

import java.util.List;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Initializers;

/** The layers below both stages. */
enum Backbone {
    /** ResNet-50 with a feature pyramid (Lin 2017): maps at 4, 8, 16, 32 and 64 pixels a place. */
    RESNET50_FPN,
    /** Seven convolutions with a pyramid of two maps, at 4 pixels a place for regions and at 8 for proposals. */
    SMALL,
    /** None: regions are cut out of the picture, and a network runs in each, as in R-CNN. */
    PICTURE;

    /** The pictures' sides are a multiple. */
    int unit() {
        return switch (this) {
            case PICTURE -> 1;
            case SMALL -> 16;
            case RESNET50_FPN -> 32;
        };
    }

    /** The first map that proposals are made from; the later ones follow. */
    int firstProposing() {
        return this == SMALL ? 1 : 0;
    }

    /** How many of the first maps regions are cut out of. */
    int regionMaps() {
        return this == RESNET50_FPN ? 4 : 1;
    }

    /** The sizes of the anchors on a map. */
    List<Integer> anchors(List<Integer> all, int map) {
        return this == SMALL ? all : List.of(all.get(map));
    }

    /**
     * The maps, finest first.
     *
     * @param epsilon of frozen batch normalisation
     */
    List<Value> maps(GraphBuilder g, Value image, double epsilon) {
        return switch (this) {
            case PICTURE -> List.of(image);
            case SMALL -> small(g, image);
            case RESNET50_FPN -> new ResNetFpn(g, epsilon).maps(image);
        };
    }

    private static List<Value> small(GraphBuilder g, Value image) {
        Value x = layer(g, "backbone.conv1", image, 24, 2);
        x = layer(g, "backbone.conv2", x, 48, 2);
        Value fine = layer(g, "backbone.conv3", x, 48, 1);
        x = layer(g, "backbone.conv4", fine, 96, 2);
        Value middle = layer(g, "backbone.conv5", x, 96, 1);
        x = layer(g, "backbone.conv6", middle, 128, 2);
        Value coarse = layer(g, "backbone.conv7", x, 128, 1);
        Value eighth =
                g.add(lateral(g, "backbone.lateral5", middle), twice(g, lateral(g, "backbone.lateral7", coarse)));
        Value fourth = g.add(lateral(g, "backbone.lateral3", fine), twice(g, eighth));
        return List.of(layer(g, "backbone.out", fourth, 64, 1), g.relu(eighth));
    }

    private static Value layer(GraphBuilder g, String name, Value x, int filters, int stride) {
        Conv conv = Conv.kernel(3).filters(filters).stride(stride).pad(1).noBias();
        return g.relu(g.batchNorm(name + ".bn", g.conv(name + ".conv", x, conv.init(Initializers.heNormal()))));
    }

    private static Value lateral(GraphBuilder g, String name, Value x) {
        return g.batchNorm(
                name + ".bn",
                g.conv(name + ".conv", x, Conv.kernel(1).filters(64).noBias()));
    }

    private static Value twice(GraphBuilder g, Value x) {
        return g.upsample(x, 2);
    }
}

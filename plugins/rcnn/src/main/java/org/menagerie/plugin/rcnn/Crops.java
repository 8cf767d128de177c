package org.menagerie.plugin.rcnn;

import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Initializers;

/**
 * R-CNN's network in each region (Girshick 2014, section 2.1): the region with some of what is around it, warped to one size,
 * goes through all convolutions by itself. Groups of channels are normalised, since a batch of regions of few pictures has
 * statistics of its own.
 */
final class Crops {
    private static final int SIDE = 28;

    /** The paper's 16 pixels around a region of 227. */
    private static final double AROUND = 227.0 / (227 - 2 * 16);

    private static final int GROUPS = 8;

    private Crops() {}

    /** Features of regions {@code [N,P,4]} of pictures {@code [N,C,H,W]}: {@code [N*P,64,7,7]}. */
    static Value features(GraphBuilder g, Value image, Value regions) {
        Value x = g.roiAlign(image, widened(g, regions), SIDE, 2, 1);
        x = layer(g, "crop.conv1", x, 16);
        x = g.maxPool(layer(g, "crop.conv2", x, 16), 2);
        x = layer(g, "crop.conv3", x, 32);
        x = g.maxPool(layer(g, "crop.conv4", x, 32), 2);
        return layer(g, "crop.conv5", x, 64);
    }

    private static Value widened(GraphBuilder g, Value regions) {
        Value half = g.mul(g.sides(regions), (AROUND - 1) / 2);
        return g.add(regions, g.concat(-1, g.neg(half), half));
    }

    private static Value layer(GraphBuilder g, String name, Value x, int filters) {
        Conv conv = Conv.kernel(3).filters(filters).pad(1).noBias().init(Initializers.heNormal());
        return g.relu(g.groupNorm(name + ".norm", g.conv(name + ".conv", x, conv), GROUPS));
    }
}

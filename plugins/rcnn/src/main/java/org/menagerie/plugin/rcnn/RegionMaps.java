package org.menagerie.plugin.rcnn;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/** The maps that regions are cut out of, 7×7 cells each, or the picture. */
final class RegionMaps {
    private static final int CELLS = 7;
    private static final int SAMPLES = 2;
    /** A region whose area has a smaller root belongs to the finest map; each map above takes twice the size (Lin 2017, formula 1). */
    private static final double FINEST = 112;

    private final GraphBuilder g;
    private final FasterRcnn.Config config;
    private final List<Value> maps;

    RegionMaps(GraphBuilder g, FasterRcnn.Config config, List<Value> maps) {
        this.g = g;
        this.config = config;
        this.maps = maps.subList(0, config.backbone().regionMaps());
    }

    /** Cells of regions {@code [N,P,4]}: {@code [N*P,C,7,7]}, of each region from the map that fits its size. */
    Value cut(Value regions) {
        if (config.backbone() == Backbone.PICTURE) {
            return Crops.features(g, maps.get(0), regions);
        }
        if (maps.size() == 1) {
            return cut(maps.get(0), regions);
        }
        Value sides = g.sides(regions);
        Value root = g.sqrt(g.mul(g.coordinate(sides, 0), g.coordinate(sides, 1)));
        List<Value> parts = new ArrayList<>();
        Value rest = g.fullLike(root, 1);
        for (int map = maps.size() - 1; map >= 0; map--) {
            Value large = map == 0 ? rest : g.mul(rest, g.above(root, FINEST * (1 << (map - 1)) * (1 - 7e-7)));
            rest = g.sub(rest, large);
            Value here = g.mul(regions, g.unsqueeze(large, 2));
            parts.add(g.mul(cut(maps.get(map), here), g.reshape(large, -1, 1, 1, 1)));
        }
        return g.op("Sum", parts.toArray(Value[]::new));
    }

    private Value cut(Value map, Value regions) {
        double scale = (double) map.dim(2).value() / config.size();
        return config.cut() == FasterRcnn.Cut.ALIGN
                ? g.roiAlign(map, regions, CELLS, SAMPLES, scale)
                : g.roiMaxPool(map, regions, CELLS, scale);
    }
}

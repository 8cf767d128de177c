package org.menagerie.plugin.rcnn;

import java.util.List;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/** The maps that regions are cut out of, 7×7 cells each. */
final class RegionMaps {
    private static final int CELLS = 7;
    private static final int SAMPLES = 2;

    private final GraphBuilder g;
    private final FasterRcnn.Config config;
    private final List<Value> maps;

    RegionMaps(GraphBuilder g, FasterRcnn.Config config, List<Value> maps) {
        this.g = g;
        this.config = config;
        this.maps = maps.subList(0, config.backbone().regionMaps());
    }

    /** Cells of regions {@code [N,P,4]}: {@code [N*P,C,7,7]}. */
    Value cut(Value regions) {
        return cut(maps.get(0), regions);
    }

    private Value cut(Value map, Value regions) {
        double scale = (double) map.dim(2).value() / config.size();
        return g.roiAlign(map, regions, CELLS, SAMPLES, scale);
    }
}

package org.menagerie.plugin.rcnn;

import java.util.List;
import java.util.Map;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;

/** R-CNN: the network runs in each region that is given. */
class RcnnContractTest extends ArchitectureContract<FasterRcnn.Config> {
    private static final FasterRcnn.Config SMALL = new FasterRcnn.Config(
            Backbone.PICTURE, true, List.of(12), 32, 16, 16, FasterRcnn.Cut.ALIGN, 32, .01, 3, 1, 64);

    @Override
    protected Specimen<FasterRcnn.Config> specimen() {
        return new Specimen<>(
                new FasterRcnn(),
                SMALL,
                137_124,
                (size, random) -> RcnnBatches.of(SMALL, size, random),
                Map.of("object_score", new float[] {0.29146296f}),
                0.003);
    }

    @Override
    protected List<String> labels() {
        return List.of("first", "second", "third");
    }
}

package org.menagerie.plugin.rcnn;

import java.util.List;
import java.util.Map;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;

/** Given proposals, and regions cut out as the paper's pool does. */
class FastRcnnContractTest extends ArchitectureContract<FasterRcnn.Config> {
    private static final FasterRcnn.Config SMALL = new FasterRcnn.Config(
            Backbone.SMALL, true, List.of(12, 24), 32, 16, 16, FasterRcnn.Cut.MAX, 32, .01, 3, 1, 64);

    @Override
    protected Specimen<FasterRcnn.Config> specimen() {
        return new Specimen<>(
                new FasterRcnn(),
                SMALL,
                571_804,
                (size, random) -> RcnnBatches.of(SMALL, size, random),
                Map.of("object_score", new float[] {0.2745659f}),
                0.003);
    }

    @Override
    protected List<String> labels() {
        return List.of("first", "second", "third");
    }
}

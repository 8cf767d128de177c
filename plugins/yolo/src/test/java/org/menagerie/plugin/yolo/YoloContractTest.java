package org.menagerie.plugin.yolo;

import java.util.List;
import java.util.Map;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;

class YoloContractTest extends ArchitectureContract<Yolo.Config> {
    private static final Yolo.Config SMALL = new Yolo.Config(Backbone.SMALL, 2, 3, 1, 32);

    @Override
    protected Specimen<Yolo.Config> specimen() {
        return new Specimen<>(
                new Yolo(),
                SMALL,
                590_141,
                (size, random) -> YoloBatches.of(SMALL, size, random),
                Map.of("grid", new float[] {
                    0.136424f, 0.176779f, -0.102592f, 0.204551f, 0.032980f, -0.000177f, -0.125339f, 0.121982f
                }),
                0.003);
    }

    @Override
    protected List<String> labels() {
        return List.of("first", "second", "third");
    }
}

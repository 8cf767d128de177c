package org.menagerie.plugin.overfeat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

class OverFeatContractTest extends ArchitectureContract<OverFeat.Config> {
    private static final OverFeat.Config SMALL = new OverFeat.Config(Trunk.SMALL, List.of(0.75, 1.0), 3, 1, 64);

    @Override
    protected Specimen<OverFeat.Config> specimen() {
        return new Specimen<>(
                new OverFeat(),
                SMALL,
                155_320,
                (size, random) -> batch(size, (SplittableRandom) random),
                Map.of("scores", new float[] {0.150436f, 0.370571f, 0.201113f, 0.27788f}, "corners", new float[] {
                    11.10824f, -47.89574f, 18.16783f, -26.43243f
                }),
                0.003);
    }

    /** Pictures with up to two objects: a first one always, a second one in two of three. */
    private static Map<String, Tensor> batch(int size, SplittableRandom random) {
        Tensor boxes = Tensor.allocate(ElementType.FLOAT32, size, 2, 4);
        Tensor labels = Tensor.allocate(ElementType.INT64, size, 2);
        for (int i = 0; i < 2 * size; i++) {
            boolean present = i % 2 == 0 || random.nextInt(3) > 0;
            labels.longs().put(i, present ? random.nextInt(3) : -1);
            for (int axis = 0; present && axis < 2; axis++) {
                float low = random.nextInt(24);
                boxes.floats().put(4 * i + axis, low);
                boxes.floats().put(4 * i + 2 + axis, low + 16 + random.nextInt(24));
            }
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("image", uniform(random, size, 1, 64, 64));
        batch.put("boxes", boxes);
        batch.put("box_label", labels);
        return batch;
    }

    @Override
    protected List<String> labels() {
        return List.of("first", "second", "third");
    }
}

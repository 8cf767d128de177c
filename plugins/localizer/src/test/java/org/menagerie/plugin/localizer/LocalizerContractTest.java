package org.menagerie.plugin.localizer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

class LocalizerContractTest extends ArchitectureContract<Localizer.Config> {
    /** LeNet with seven classes, which has 85 parameters for each. */
    @Override
    protected Specimen<Localizer.Config> specimen() {
        return new Specimen<>(
                LocalizerTest.LOCALIZER,
                new Localizer.Config("lenet", 3, 1, 28),
                61_706 - 3 * 85,
                (size, random) -> batch(size, (SplittableRandom) random),
                Map.of(
                        "objects",
                        new float[] {12.156076f, 12.834939f, 13.253878f, 13.191858f, 12.734813f, 12.616663f},
                        "object_score",
                        new float[] {0.342891f}),
                0.003);
    }

    /** Pictures with one object or two, of which the first is the larger. */
    private static Map<String, Tensor> batch(int size, SplittableRandom random) {
        Tensor boxes = Tensor.allocate(ElementType.FLOAT32, size, 2, 4);
        Tensor labels = Tensor.allocate(ElementType.INT64, size, 2);
        for (int i = 0; i < size; i++) {
            float left = random.nextInt(8);
            float top = random.nextInt(8);
            boxes.floats().put(8 * i, new float[] {left, top, left + 16, top + 12, left, top, left + 8, top + 8});
            labels.longs().put(2 * i, random.nextInt(3));
            labels.longs().put(2 * i + 1, random.nextInt(4) - 1);
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("image", uniform(random, size, 1, 28, 28));
        batch.put("boxes", boxes);
        batch.put("box_label", labels);
        return batch;
    }

    @Override
    protected List<String> labels() {
        return List.of("first", "second", "third");
    }
}

package org.menagerie.plugin.rcnn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Random pictures with up to four objects each, some absent. */
final class RcnnBatches {
    static final int OBJECTS = 4;

    private RcnnBatches() {}

    static Map<String, Tensor> of(FasterRcnn.Config config, int size, RandomGenerator random) {
        Tensor image = Tensor.allocate(ElementType.FLOAT32, size, config.channels(), config.size(), config.size());
        for (int i = 0; i < image.size(); i++) {
            image.floats().put(i, (float) random.nextDouble(-1, 1));
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("image", image);
        Tensor boxes = boxes(config, size, random);
        Tensor labels = Tensor.allocate(ElementType.INT64, size, OBJECTS);
        for (int i = 0; i < size * OBJECTS; i++) {
            boolean present = random.nextDouble() < 0.7;
            labels.longs().put(i, present ? random.nextInt(config.classes()) : -1);
            for (int corner = 0; !present && corner < 4; corner++) {
                boxes.floats().put(4 * i + corner, 0);
            }
        }
        batch.put("boxes", boxes);
        batch.put("box_label", labels);
        if (config.given()) {
            batch.put("proposals", boxes(config, size, random));
        }
        return batch;
    }

    private static Tensor boxes(FasterRcnn.Config config, int size, RandomGenerator random) {
        Tensor boxes = Tensor.allocate(ElementType.FLOAT32, size, OBJECTS, 4);
        for (int i = 0; i < size * OBJECTS; i++) {
            for (int axis = 0; axis < 2; axis++) {
                double low = random.nextDouble(0, config.size() - 8);
                boxes.floats().put(4 * i + axis, (float) low);
                boxes.floats().put(4 * i + 2 + axis, (float) random.nextDouble(low + 4, config.size()));
            }
        }
        return boxes;
    }
}

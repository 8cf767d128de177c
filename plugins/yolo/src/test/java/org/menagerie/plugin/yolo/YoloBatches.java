package org.menagerie.plugin.yolo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Random pictures and up to four objects in each: some absent, some with their centres in one cell. */
final class YoloBatches {
    static final int OBJECTS = 4;

    private YoloBatches() {}

    static Map<String, Tensor> of(Yolo.Config config, int size, RandomGenerator random) {
        Tensor image = Tensor.allocate(ElementType.FLOAT32, size, config.channels(), config.size(), config.size());
        for (int i = 0; i < image.size(); i++) {
            image.floats().put(i, (float) random.nextDouble(-1, 1));
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("image", image);
        batch.putAll(objects(config, size, random));
        return batch;
    }

    static Map<String, Tensor> objects(Yolo.Config config, int size, RandomGenerator random) {
        Tensor boxes = Tensor.allocate(ElementType.FLOAT32, size, OBJECTS, 4);
        Tensor labels = Tensor.allocate(ElementType.INT64, size, OBJECTS);
        for (int i = 0; i < size * OBJECTS; i++) {
            boolean present = random.nextDouble() < 0.7;
            labels.longs().put(i, present ? random.nextInt(config.classes()) : -1);
            for (int axis = 0; present && axis < 2; axis++) {
                double low = random.nextDouble(0, config.size() - 4);
                boxes.floats().put(4 * i + axis, (float) low);
                boxes.floats().put(4 * i + 2 + axis, (float) random.nextDouble(low + 2, config.size()));
            }
        }
        return Map.of("boxes", boxes, "box_label", labels);
    }
}

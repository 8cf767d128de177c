package org.menagerie.training.data;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.weights.Sha256;

/**
 * Scenes drawn from a set of labelled grey images. A batch is {@code image} f32[B,1,128,128], values 0 to 255; {@code mask}
 * i64[B,128,128], 0 for the ground and 1 + class elsewhere; {@code boxes} f32[B,P,4], left, top, right, bottom in pixels
 * around what is visible of each object, P being as many as are put in at most; {@code box_label} i64[B,P], the class, −1 where
 * there is no further object; {@code instance} i64[B,128,128], the object that a pixel shows, a place among the boxes, −1 for
 * the ground.
 */
final class Scenes implements Dataset {
    /** Changes whenever the drawing does, and with it the hash. */
    private static final String VERSION = "scenes 1";

    private final Dataset garments;
    private final int size;
    private final Scene.Count count;
    private final DatasetInfo info;

    /** @param count of the garments in a scene */
    Scenes(String name, Dataset garments, int size, Scene.Count count) {
        this.garments = garments;
        this.size = size;
        this.count = count;
        String content = String.join(" ", VERSION, garments.info().sha256(), Integer.toString(size));
        if (count.least() > 1) {
            content += " " + count.least();
        }
        if (count.most() != Scene.Count.USUAL.most()) {
            content += " most " + count.most();
        }
        int side = Scene.SIDE;
        int places = count.places();
        this.info = new DatasetInfo(
                name,
                Sha256.of(content.getBytes(StandardCharsets.UTF_8)),
                List.of(
                        Column.of("image", "f32[B,1,%d,%d]".formatted(side, side)),
                        Column.of("mask", "i64[B,%d,%d]".formatted(side, side)),
                        Column.of("boxes", "f32[B,%d,4]".formatted(places)),
                        Column.of("box_label", "i64[B,%d]".formatted(places)),
                        Column.of("instance", "i64[B,%d,%d]".formatted(side, side))),
                garments.info().labels());
    }

    @Override
    public DatasetInfo info() {
        return info;
    }

    @Override
    public int size() {
        return size;
    }

    /** By the number of classes, so that no picture is drawn for it. */
    @Override
    public Optional<Range> range(String column) {
        int classes = info.labels().size();
        return switch (column) {
            case "box_label" -> Optional.of(new Range(-1, classes - 1));
            case "mask" -> Optional.of(new Range(0, classes));
            default -> Optional.empty();
        };
    }

    @Override
    public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
        int n = indices.length;
        int places = count.places();
        Tensor image = memory.tensor("image", ElementType.FLOAT32, n, 1, Scene.SIDE, Scene.SIDE);
        Tensor mask = memory.tensor("mask", ElementType.INT64, n, Scene.SIDE, Scene.SIDE);
        Tensor boxes = memory.tensor("boxes", ElementType.FLOAT32, n, places, 4);
        Tensor labels = memory.tensor("box_label", ElementType.INT64, n, places);
        Tensor instance = memory.tensor("instance", ElementType.INT64, n, Scene.SIDE, Scene.SIDE);
        FloatBuffer pixels = image.floats();
        LongBuffer classes = mask.longs();
        LongBuffer objects = instance.longs();
        FloatBuffer corners = boxes.floats();
        LongBuffer kinds = labels.longs();
        for (int index : indices) {
            Scene scene = Scene.draw(garments, count, Objects.checkIndex(index, size));
            pixels.put(scene.pixels());
            classes.put(scene.mask());
            objects.put(scene.instances());
            corners.put(scene.boxes());
            for (int object = 0; object < places; object++) {
                kinds.put(scene.label(object));
            }
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("image", image);
        batch.put("mask", mask);
        batch.put("boxes", boxes);
        batch.put("box_label", labels);
        batch.put("instance", instance);
        return batch;
    }
}

package org.menagerie.training.data;

import ai.djl.modality.cv.Image;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.vision.Channels;
import org.menagerie.vision.ImageReader;
import org.menagerie.vision.Planes;

/**
 * The pictures of a COCO annotation file, read as a model's are and stretched to one square size when they are asked for,
 * and their boxes with them. A batch is {@code image} f32[B,C,S,S], values 0 to 255; {@code boxes} f32[B,M,4], left, top,
 * right, bottom in pixels of the stretched picture; {@code box_label} i64[B,M], the class of an object; {@code crowd_label}
 * i64[B,M], that of a crowd; both −1 elsewhere; {@code box_area} f32[B,M] and {@code original_size} f32[B,2] (width,
 * height) in pixels of the file. With regions also {@code mask} i64[B,S,S], 0 for the background and 1 + class elsewhere,
 * later objects and crowds above earlier ones.
 */
final class CocoImages implements Dataset {
    private static final ImageReader READER = new ImageReader();

    private final Path folder;
    private final List<CocoFile.Picture> pictures;
    private final Form form;
    private final DatasetInfo info;

    /**
     * What all pictures become.
     *
     * @param size of both sides, pixels
     * @param channels 1 or 3
     * @param objects room for boxes in each
     * @param masks whether there are masks
     */
    record Form(int size, int channels, int objects, boolean masks) {}

    CocoImages(
            String name, String sha256, Path folder, List<String> labels, List<CocoFile.Picture> pictures, Form form) {
        this.folder = folder;
        this.pictures = pictures;
        this.form = form;
        List<Column> columns = new ArrayList<>(List.of(
                Column.of("image", "f32[B,%d,%d,%<d]".formatted(form.channels(), form.size())),
                Column.of("boxes", "f32[B,%d,4]".formatted(form.objects())),
                Column.of("box_label", "i64[B,%d]".formatted(form.objects())),
                Column.of("crowd_label", "i64[B,%d]".formatted(form.objects())),
                Column.of("box_area", "f32[B,%d]".formatted(form.objects())),
                Column.of("original_size", "f32[B,2]")));
        if (form.masks()) {
            columns.add(Column.of("mask", "i64[B,%d,%<d]".formatted(form.size())));
        }
        this.info = new DatasetInfo(name, sha256, columns, labels);
    }

    @Override
    public DatasetInfo info() {
        return info;
    }

    @Override
    public int size() {
        return pictures.size();
    }

    /** The picture's file. */
    @Override
    public String name(int index) {
        return pictures.get(index).file();
    }

    /** By the number of classes, so that no picture is read for it. */
    @Override
    public Optional<Range> range(String column) {
        int classes = info.labels().size();
        return switch (column) {
            case "box_label", "crowd_label" -> Optional.of(new Range(-1, classes - 1));
            case "mask" -> Optional.of(new Range(0, classes));
            default -> Optional.empty();
        };
    }

    @Override
    public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
        int n = indices.length;
        int most = form.objects();
        Tensor image = memory.tensor("image", ElementType.FLOAT32, n, form.channels(), form.size(), form.size());
        Tensor boxes = memory.tensor("boxes", ElementType.FLOAT32, n, most, 4);
        Tensor labels = memory.tensor("box_label", ElementType.INT64, n, most);
        Tensor crowds = memory.tensor("crowd_label", ElementType.INT64, n, most);
        FloatBuffer pixels = image.floats();
        for (int i = 0; i < n; i++) {
            CocoFile.Picture picture = pictures.get(indices[i]);
            draw(picture, pixels);
            put(picture, i * most, boxes.floats(), labels.longs(), crowds.longs());
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("image", image);
        batch.put("boxes", boxes);
        batch.put("box_label", labels);
        batch.put("crowd_label", crowds);
        putOriginals(indices, batch, memory);
        if (form.masks()) {
            Tensor masks = memory.tensor("mask", ElementType.INT64, n, form.size(), form.size());
            LongBuffer classes = masks.longs();
            Arrays.stream(indices).mapToObj(pictures::get).forEach(picture -> paint(picture, classes));
            batch.put("mask", masks);
        }
        return batch;
    }

    private void put(CocoFile.Picture picture, int first, FloatBuffer boxes, LongBuffer labels, LongBuffer crowds) {
        float scaleX = (float) form.size() / picture.width();
        float scaleY = (float) form.size() / picture.height();
        for (int i = 0; i < form.objects(); i++) {
            boolean there = i < picture.objects().size();
            float[] box = new float[4];
            long label = -1;
            long crowd = -1;
            if (there) {
                CocoFile.Thing object = picture.objects().get(i);
                label = object.crowd() ? -1 : object.label();
                crowd = object.crowd() ? object.label() : -1;
                for (int corner = 0; corner < 4; corner++) {
                    box[corner] = object.box()[corner] * (corner % 2 == 0 ? scaleX : scaleY);
                }
            }
            boxes.put(4 * (first + i), box);
            labels.put(first + i, label);
            crowds.put(first + i, crowd);
        }
    }

    /** What the objects and pictures measure in the file. */
    private void putOriginals(int[] indices, Map<String, Tensor> batch, BatchMemory memory) {
        Tensor areas = memory.tensor("box_area", ElementType.FLOAT32, indices.length, form.objects());
        Tensor sizes = memory.tensor("original_size", ElementType.FLOAT32, indices.length, 2);
        for (int i = 0; i < indices.length; i++) {
            CocoFile.Picture picture = pictures.get(indices[i]);
            for (int k = 0; k < form.objects(); k++) {
                float area =
                        k < picture.objects().size() ? picture.objects().get(k).area() : 0;
                areas.floats().put(i * form.objects() + k, area);
            }
            sizes.floats().put(2 * i, new float[] {picture.width(), picture.height()});
        }
        batch.put("box_area", areas);
        batch.put("original_size", sizes);
    }

    /** Each pixel takes the class at its own centre. */
    private void paint(CocoFile.Picture picture, LongBuffer to) {
        int width = picture.width();
        int height = picture.height();
        long[] plane = new long[width * height];
        for (CocoFile.Thing object : picture.objects()) {
            CocoRegion region = object.region();
            if (region != null) {
                region.paint(plane, width, 1 + object.label());
            }
        }
        int size = form.size();
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                to.put(plane[(2 * y + 1) * height / (2 * size) * width + (2 * x + 1) * width / (2 * size)]);
            }
        }
    }

    private void draw(CocoFile.Picture picture, FloatBuffer to) {
        Image image = read(picture);
        BilinearStretch stretch = new BilinearStretch(picture.height(), picture.width(), form.size(), form.size());
        float[] stretched = new float[form.size() * form.size()];
        for (float[] plane : Planes.of(image, form.channels() == 1 ? Channels.GRAY : Channels.RGB)) {
            stretch.apply(plane, stretched);
            to.put(stretched);
        }
    }

    private Image read(CocoFile.Picture picture) {
        Path file = folder.resolve(picture.file());
        Image image = READER.read(file);
        int width = image.getWidth();
        int height = image.getHeight();
        if (width == picture.width() && height == picture.height()) {
            return image;
        }
        boolean turned = width == picture.height() && height == picture.width();
        throw new InvalidInputException("Picture %s has %d×%d pixels%s; its annotation says %d×%d"
                .formatted(
                        file,
                        width,
                        height,
                        turned ? " the way up that its EXIF orientation says" : "",
                        picture.width(),
                        picture.height()));
    }
}

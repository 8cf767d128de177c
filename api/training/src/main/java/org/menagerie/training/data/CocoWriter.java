package org.menagerie.training.data;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.weights.AtomicFile;

/**
 * Writes pictures with boxes in COCO's format: PNG files, and the annotation file when all of them are there. Categories are
 * numbered from 1. Where the data tells what each object covers, segmentations are runs, else areas are those of the boxes.
 */
public final class CocoWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Dataset dataset;

    /** One object of a picture, and what of it is seen. */
    private record Entry(
            int picture, long label, float[] box, @Nullable CocoRegion region) {}

    /**
     * A writer of a data set.
     *
     * @param dataset with columns {@code image} f32[B,1 or 3,H,W], {@code boxes} and {@code box_label}, and perhaps {@code
     *     instance} i64[B,H,W], the place among the boxes of the object that a pixel shows
     * @throws InvalidInputException if it has no such columns
     */
    public CocoWriter(Dataset dataset) {
        List<String> columns =
                dataset.info().columns().stream().map(Column::name).toList();
        if (!columns.containsAll(List.of("image", "boxes", "box_label"))) {
            throw new InvalidInputException(
                    "Data set %s has the columns %s; COCO's format needs image, boxes and box_label"
                            .formatted(dataset.info().name(), columns));
        }
        this.dataset = dataset;
    }

    /**
     * Writes the first examples.
     *
     * @param most how many at most
     * @param annotations the file to write
     * @param images the folder for {@code 000000.png} and so on
     * @return how many were written
     */
    public int write(int most, Path annotations, Path images) {
        int count = Math.min(most, dataset.size());
        BatchMemory memory = new BatchMemory();
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Tensor> example = dataset.batch(new int[] {i}, memory);
            BufferedImage picture = picture(Column.in(example, "image"));
            AtomicFile.writeStream(images.resolve(file(i)), out -> ImageIO.write(picture, "png", out));
            collect(i, example, entries);
        }
        Tensor image = Column.in(dataset.batch(0), "image");
        int height = (int) image.shape().dim(2);
        int width = (int) image.shape().dim(3);
        AtomicFile.writeStream(annotations, out -> {
            JsonGenerator json = JSON.createGenerator(out);
            json.writeStartObject();
            json.writeObjectFieldStart("info");
            json.writeStringField("description", dataset.info().name());
            json.writeStringField("version", dataset.info().sha256());
            json.writeEndObject();
            writeImages(count, width, height, json);
            writeAnnotations(entries, width, height, json);
            writeCategories(json);
            json.writeEndObject();
            json.flush();
        });
        return count;
    }

    private static String file(int number) {
        return "%06d.png".formatted(number);
    }

    private static void collect(int picture, Map<String, Tensor> example, List<Entry> entries) {
        long[] labels = Column.in(example, "box_label").toLongArray();
        FloatBuffer boxes = Column.in(example, "boxes").floats();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= 0) {
                float[] box = new float[4];
                boxes.get(4 * i, box);
                entries.add(new Entry(picture, labels[i], box, region(example, i)));
            }
        }
    }

    private static @Nullable CocoRegion region(Map<String, Tensor> example, int object) {
        Tensor instances = example.get("instance");
        return instances == null
                ? null
                : CocoRegion.where(
                        instances.toLongArray(), object, (int) instances.shape().dim(2));
    }

    private static BufferedImage picture(Tensor image) {
        int channels = (int) image.shape().dim(1);
        int height = (int) image.shape().dim(2);
        int width = (int) image.shape().dim(3);
        BufferedImage picture = new BufferedImage(
                width, height, channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        float[] samples = image.toFloatArray();
        for (int c = 0; c < channels; c++) {
            int[] plane = new int[height * width];
            for (int i = 0; i < plane.length; i++) {
                plane[i] = Math.min(Math.max(Math.round(samples[c * plane.length + i]), 0), 255);
            }
            picture.getRaster().setSamples(0, 0, width, height, c, plane);
        }
        return picture;
    }

    private static void writeImages(int count, int width, int height, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("images");
        for (int i = 0; i < count; i++) {
            json.writeStartObject();
            json.writeNumberField("id", i);
            json.writeStringField("file_name", file(i));
            json.writeNumberField("width", width);
            json.writeNumberField("height", height);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeAnnotations(List<Entry> entries, int imageWidth, int imageHeight, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart("annotations");
        int id = 1;
        for (Entry entry : entries) {
            float width = entry.box[2] - entry.box[0];
            float height = entry.box[3] - entry.box[1];
            json.writeStartObject();
            json.writeNumberField("id", id++);
            json.writeNumberField("image_id", entry.picture);
            json.writeNumberField("category_id", entry.label + 1);
            json.writeArrayFieldStart("bbox");
            for (float number : new float[] {entry.box[0], entry.box[1], width, height}) {
                json.writeNumber(number);
            }
            json.writeEndArray();
            CocoRegion region = entry.region;
            if (region == null) {
                json.writeNumberField("area", width * height);
            } else {
                json.writeNumberField("area", region.area());
                json.writeObjectFieldStart("segmentation");
                json.writeFieldName("size");
                json.writeArray(new int[] {imageHeight, imageWidth}, 0, 2);
                json.writeFieldName("counts");
                json.writeArray(region.runs(), 0, region.runs().length);
                json.writeEndObject();
            }
            json.writeNumberField("iscrowd", 0);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeCategories(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("categories");
        List<String> labels = dataset.info().labels();
        for (int i = 0; i < labels.size(); i++) {
            json.writeStartObject();
            json.writeNumberField("id", i + 1);
            json.writeStringField("name", labels.get(i));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}

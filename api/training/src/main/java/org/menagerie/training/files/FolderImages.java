package org.menagerie.training.files;

import ai.djl.modality.cv.Image;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetInfo;
import org.menagerie.training.data.ResizableImages;
import org.menagerie.vision.Channels;
import org.menagerie.vision.ImagePreprocessor;
import org.menagerie.vision.ImageReader;
import org.menagerie.vision.ImageSettings;
import org.menagerie.weights.Sha256;

/**
 * Images in files, each with a class. A file is read when a batch asks for it, by what prepares the images of the trained model
 * too. A batch is {@code image} f32[B,C,H,W] with values 0 to 255, and {@code label} i64[B].
 */
final class FolderImages implements ResizableImages {
    private static final ImageReader READER = new ImageReader();

    private final List<LabelledFile> files;
    private final Form form;
    private final ImagePreprocessor preprocessor;
    private final DatasetInfo info;

    /**
     * What all images become.
     *
     * @param channels 1 or 3
     * @param height in pixels
     * @param width in pixels
     */
    record Form(int channels, int height, int width) {
        ImageSettings settings() {
            Channels colours = channels == 1 ? Channels.GRAY : Channels.RGB;
            return new ImageSettings(
                            "image", width, height, colours, null, null, false, null, null, null, null, null, null,
                            null, null, null)
                    .asSamples();
        }
    }

    FolderImages(String name, List<String> classes, List<LabelledFile> files, Form form) {
        this(name, Sha256.of(listing(files).getBytes(StandardCharsets.UTF_8)), classes, files, form);
    }

    private FolderImages(String name, String sha256, List<String> classes, List<LabelledFile> files, Form form) {
        this.files = files;
        this.form = form;
        this.preprocessor = new ImagePreprocessor(form.settings());
        this.info = new DatasetInfo(
                name,
                sha256,
                List.of(
                        Column.of("image", "f32[B,%d,%d,%d]".formatted(form.channels(), form.height(), form.width())),
                        Column.of("label", "i64[B]")),
                classes);
    }

    /** The names and lengths of the files: what stands for their content, which is too long to be read for a hash. */
    private static String listing(List<LabelledFile> files) {
        StringBuilder listing = new StringBuilder();
        for (LabelledFile file : files) {
            listing.append(file.name()).append('\t').append(file.bytes()).append('\n');
        }
        return listing.toString();
    }

    @Override
    public Dataset resized(int channels, int height, int width) {
        return new FolderImages(info.name(), info.sha256(), info.labels(), files, new Form(channels, height, width));
    }

    @Override
    public DatasetInfo info() {
        return info;
    }

    @Override
    public int size() {
        return files.size();
    }

    /** The path of the file. */
    @Override
    public String name(int index) {
        return files.get(index).path().toString();
    }

    @Override
    public Optional<Object> input(int index) {
        return Optional.of(READER.read(files.get(index).path()));
    }

    @Override
    public Optional<Range> range(String column) {
        return column.equals("label") ? Optional.of(new Range(0, info.labels().size() - 1)) : Optional.empty();
    }

    @Override
    public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
        Tensor images = memory.tensor(
                "image", ElementType.FLOAT32, indices.length, form.channels(), form.height(), form.width());
        Tensor labels = memory.tensor("label", ElementType.INT64, indices.length);
        FloatBuffer pixels = images.floats();
        LongBuffer label = labels.longs();
        for (int index : indices) {
            LabelledFile file = files.get(index);
            label.put(file.label());
            Image image = READER.read(file.path());
            try (Prepared prepared = preprocessor.prepare(List.of(image))) {
                pixels.put(Column.in(prepared.tensors(), "image").floats());
            }
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("image", images);
        batch.put("label", labels);
        return batch;
    }
}

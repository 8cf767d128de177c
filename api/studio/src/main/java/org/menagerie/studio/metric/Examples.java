package org.menagerie.studio.metric;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Model;
import org.menagerie.spi.Tensor;
import org.menagerie.studio.report.ReportPart;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;

/**
 * How examples of a data set become inputs of a model.
 *
 * @param input what the models take
 * @param columns the columns that inputs are made of
 * @param inputs the inputs of a batch, in its order
 */
public record Examples<I>(Class<I> input, List<String> columns, Function<Map<String, Tensor>, List<I>> inputs) {
    private static final int BATCH = 100;

    public Examples {
        columns = List.copyOf(columns);
    }

    /** Images from the column {@code image}, f32[B,C,H,W] from 0 to 255. */
    public static Examples<Image> images() {
        return new Examples<>(Image.class, List.of("image"), batch -> images(Column.in(batch, "image")));
    }

    /** Texts that the data set gives as inputs. */
    public static Examples<String> texts() {
        return new Examples<>(String.class, List.of(), batch -> {
            throw new InvalidInputException("The data has no texts; it has the columns " + batch.keySet());
        });
    }

    /** Rows of numbers from the only column f32[B,N] of the data. */
    public static Examples<float[]> rows() {
        return new Examples<>(float[].class, List.of(), batch -> {
            List<String> rows = batch.entrySet().stream()
                    .filter(column -> column.getValue().elementType() == ElementType.FLOAT32
                            && column.getValue().shape().rank() == 2)
                    .map(Map.Entry::getKey)
                    .toList();
            if (rows.size() != 1) {
                throw new InvalidInputException("Rows of numbers are one column f32[B,N] of the data; it has %s"
                        .formatted(rows.isEmpty() ? "none" : rows));
            }
            return rows(rows.get(0)).inputs().apply(batch);
        });
    }

    /** Rows of numbers from a column f32[B,N]. */
    public static Examples<float[]> rows(String column) {
        return new Examples<>(
                float[].class,
                List.of(column),
                batch -> IntStream.range(
                                0, (int) Column.in(batch, column).shape().dim(0))
                        .mapToObj(place -> new Example(batch, place).floats(column))
                        .toList());
    }

    /** Has a model answer all examples, in order, counts the answers, and shows them to the part of a report. */
    <O> Map<String, Double> measure(
            Model<I, O> model, Dataset dataset, Measure<? super O> measure, Optional<? extends ReportPart<I, O>> part) {
        BatchMemory memory = new BatchMemory();
        for (int from = 0; from < dataset.size(); from += BATCH) {
            int[] indices = IntStream.range(from, Math.min(dataset.size(), from + BATCH))
                    .toArray();
            Map<String, Tensor> batch = dataset.batch(indices, memory);
            List<I> given = given(dataset, indices).orElseGet(() -> inputs.apply(batch));
            List<O> answers = model.predict(given);
            for (int i = 0; i < indices.length; i++) {
                Example example = new Example(batch, i, dataset.name(indices[i]));
                measure.add(answers.get(i), example);
                if (part.isPresent()) {
                    part.get().add(given.get(i), answers.get(i), example);
                }
            }
        }
        return measure.figures();
    }

    /** Returns what the data set itself gives as inputs; empty if it has none of the type. */
    private Optional<List<I>> given(Dataset dataset, int[] indices) {
        List<I> given = IntStream.of(indices)
                .mapToObj(dataset::input)
                .flatMap(Optional::stream)
                .filter(input::isInstance)
                .map(input::cast)
                .toList();
        return given.size() == indices.length ? Optional.of(given) : Optional.empty();
    }

    private static List<Image> images(Tensor batch) {
        int channels = (int) batch.shape().dim(1);
        int height = (int) batch.shape().dim(2);
        int width = (int) batch.shape().dim(3);
        float[] samples = batch.toFloatArray();
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < batch.shape().dim(0); i++) {
            BufferedImage image = new BufferedImage(
                    width, height, channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
            for (int c = 0; c < channels; c++) {
                int plane = (i * channels + c) * height * width;
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        int sample = Math.round(samples[plane + y * width + x]);
                        image.getRaster().setSample(x, y, c, Math.min(Math.max(sample, 0), 255));
                    }
                }
            }
            images.add(ImageFactory.getInstance().fromImage(image));
        }
        return images;
    }
}

package org.menagerie.cli;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.menagerie.hub.TypedModel;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;

/** Pictures of a data set, f32[B,C,H,W] from 0 to 255 in the column {@code image}, as a model takes them. */
final class BatchPictures {
    private BatchPictures() {}

    /** Hears what a model answers. */
    interface Listener {
        /**
         * One picture was answered.
         *
         * @param batch the examples that it was predicted with
         * @param place its own among them
         */
        void answered(Map<String, Tensor> batch, int place, Object answer);
    }

    /**
     * Has a model answer all pictures, in order.
     *
     * @param size how many are predicted together
     */
    static void predict(TypedModel<?, ?> model, Dataset dataset, int size, Listener listener) {
        BatchMemory memory = new BatchMemory();
        for (int from = 0; from < dataset.size(); from += size) {
            int[] indices =
                    IntStream.range(from, Math.min(dataset.size(), from + size)).toArray();
            Map<String, Tensor> batch = dataset.batch(indices, memory);
            List<?> answers = model.predictAny(of(Column.in(batch, "image")));
            for (int i = 0; i < indices.length; i++) {
                listener.answered(batch, i, answers.get(i));
            }
        }
    }

    static List<Image> of(Tensor batch) {
        int channels = (int) batch.shape().dim(1);
        int height = (int) batch.shape().dim(2);
        int width = (int) batch.shape().dim(3);
        float[] samples = batch.toFloatArray();
        List<Image> pictures = new ArrayList<>();
        for (int i = 0; i < batch.shape().dim(0); i++) {
            BufferedImage picture = new BufferedImage(
                    width, height, channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
            for (int c = 0; c < channels; c++) {
                int plane = (i * channels + c) * height * width;
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        int sample = Math.round(samples[plane + y * width + x]);
                        picture.getRaster().setSample(x, y, c, Math.min(Math.max(sample, 0), 255));
                    }
                }
            }
            pictures.add(ImageFactory.getInstance().fromImage(picture));
        }
        return pictures;
    }
}

package org.menagerie.cli;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.menagerie.spi.Tensor;

/** Pictures of a data set, f32[B,C,H,W] from 0 to 255, as a model takes them. */
final class BatchPictures {
    private BatchPictures() {}

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
                        picture.getRaster().setSample(x, y, c, samples[plane + y * width + x]);
                    }
                }
            }
            pictures.add(ImageFactory.getInstance().fromImage(picture));
        }
        return pictures;
    }
}

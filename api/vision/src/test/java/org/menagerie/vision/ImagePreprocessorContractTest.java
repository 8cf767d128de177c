package org.menagerie.vision;

import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;
import java.util.List;
import org.menagerie.fixtures.contract.PreprocessorContract;
import org.menagerie.spi.Preprocessor;

class ImagePreprocessorContractTest extends PreprocessorContract<Image> {
    @Override
    protected Preprocessor<Image> preprocessor() {
        return new ImagePreprocessor(new ImageSettings(
                "x", 8, 6, null, Resize.LETTERBOX, null, null, null, null, null, null, null, null, null, null, null));
    }

    @Override
    protected List<Image> inputs() {
        return List.of(picture(20, 10), picture(5, 31), picture(8, 6));
    }

    private static Image picture(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, (x * 37 + y * 101) * 0x010305 + width);
            }
        }
        return new BufferedImageFactory().fromImage(image);
    }
}

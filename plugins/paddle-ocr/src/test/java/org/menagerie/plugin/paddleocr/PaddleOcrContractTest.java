package org.menagerie.plugin.paddleocr;

import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Collectors;
import org.menagerie.fixtures.Fetched;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.fixtures.contract.ModelContract;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import org.menagerie.spi.Model;
import org.menagerie.vision.ImageReader;
import org.menagerie.vision.RecognizedText;

/** Runs the published networks; skipped only if offline without them. */
class PaddleOcrContractTest extends ModelContract<Image, RecognizedText> {
    private static final Zoo ZOO = Zoo.open(ZooOptions.defaults().withDevice(Device.CPU));

    @Override
    protected Model<Image, RecognizedText> model() {
        return Fetched.orSkip(() -> ZOO.load("pp-ocr", Image.class, RecognizedText.class));
    }

    /** The beginnings of two strips of a page. */
    @Override
    protected List<Image> inputs() {
        BufferedImage page = (BufferedImage) new ImageReader()
                .read(Fixtures.bytes("images/bw_text.png"), "bw_text.png")
                .getWrappedImage();
        int height = page.getHeight() / 6;
        return List.of(strip(page, height), strip(page, 3 * height));
    }

    private static Image strip(BufferedImage page, int top) {
        return new BufferedImageFactory()
                .fromImage(page.getSubimage(0, top, page.getWidth() / 3, page.getHeight() / 6));
    }

    @Override
    protected String text(RecognizedText answer) {
        return answer.lines().stream().map(RecognizedText.Line::text).collect(Collectors.joining("\n"));
    }
}

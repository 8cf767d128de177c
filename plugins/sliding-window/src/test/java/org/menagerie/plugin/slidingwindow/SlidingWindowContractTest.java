package org.menagerie.plugin.slidingwindow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.menagerie.fixtures.Cards;
import org.menagerie.fixtures.contract.ModelContract;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Network;
import org.menagerie.spi.Tensor;
import org.menagerie.vision.Channels;
import org.menagerie.vision.ImageSettings;

/** A classifier by hand: the brighter a window of 16 pixels, the surer it is of a lamp. */
class SlidingWindowContractTest extends ModelContract<Image, DetectedObjects> {
    private static final ImageSettings IMAGE = new ImageSettings(
            "image", 16, 16, Channels.GRAY, null, null, null, null, null, null, null, null, null, null, null, null);

    @Override
    protected Model<Image, DetectedObjects> model() {
        SlidingWindowSettings settings = new SlidingWindowSettings(
                IMAGE, "logits", null, null, 4, SlidingWindowSettings.Pass.CROPS, List.of("dark"), null, null, null);
        return SlidingWindow.create(
                settings, Cards.labelled("lamps", "object-detection", List.of("dark", "lamp")), new Files());
    }

    @Test
    void aPictureOfTooManyWindowsIsRefusedBeforeItIsScaled() {
        SlidingWindowSettings settings = new SlidingWindowSettings(
                IMAGE, "logits", null, List.of(16.0), 4, SlidingWindowSettings.Pass.CROPS, null, null, null, null);
        ModelCard card = Cards.labelled("lamps", "object-detection", List.of("dark", "lamp"));
        Image large = ImageFactory.getInstance().fromImage(new BufferedImage(1300, 1300, BufferedImage.TYPE_BYTE_GRAY));
        try (SlidingWindow model = SlidingWindow.create(settings, card, new Files())) {
            assertThatThrownBy(() -> model.predict(List.of(large)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            "A picture of 1300x1300 pixels has 27,008,809 windows at the scales [16.0] with a stride of 4; model"
                                    + " 'lamps' takes 25,000,000 at most: shrink the picture, or set smaller scales or a larger stride");
        }
    }

    private static byte[] classifier() {
        GraphBuilder g = new GraphBuilder("lamps", Mode.INFERENCE);
        var mean = g.flatten(g.globalAvgPool(g.input("image", "f32[N,1,16,16]")));
        var weight = g.constant(Tensor.of(new float[] {-20, 20}, 1, 2));
        g.output("logits", g.add(g.matMul(mean, weight), g.constant(Tensor.of(new float[] {10, -10}, 2))));
        Graph graph = g.build();
        return OnnxWriter.toBytes(graph, Map.of(), Map.of());
    }

    @Override
    protected List<Image> inputs() {
        return List.of(lamp(8, 12), lamp(24, 4));
    }

    @Override
    protected List<Image> broken() {
        return List.of(ImageFactory.getInstance().fromImage(new BufferedImage(12, 40, BufferedImage.TYPE_INT_RGB)));
    }

    /** A picture that is dark but for a white square of 16 pixels. */
    private static Image lamp(int left, int top) {
        BufferedImage picture = new BufferedImage(48, 36, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.fillRect(left, top, 16, 16);
        pen.dispose();
        return ImageFactory.getInstance().fromImage(picture);
    }

    @Override
    protected String text(DetectedObjects answer) {
        return answer.<DetectedObject>items().stream()
                .map(item -> "%s %.3f %s".formatted(item.getClassName(), item.getProbability(), item.getBoundingBox()))
                .toList()
                .toString();
    }

    /** Networks from memory. */
    private static final class Files implements Artifacts {
        @Override
        public Path file(String name) {
            throw new AssertionError("No file is kept of " + name);
        }

        @Override
        public Network network(String name) {
            return network(classifier());
        }

        @Override
        public Network network(byte[] onnx) {
            return OnnxSession.open(
                    onnx, SessionOptions.defaults().withDevice(Device.CPU).withThreads(1));
        }
    }
}

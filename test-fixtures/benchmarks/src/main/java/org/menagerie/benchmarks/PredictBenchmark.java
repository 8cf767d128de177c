package org.menagerie.benchmarks;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.Model;

/**
 * What a prediction costs beside its network: {@code predict} of {@code lenet-fashion-mnist} on decoded pictures,
 * preparation and labels included, against a bare {@code OrtSession.run} on a ready tensor.
 */
public final class PredictBenchmark {
    private static final int SIDE = 28;

    /** Calls after which the optimizing compiler has seen every loop; a host reaches them in seconds. */
    private static final int WARM_UP = 15_000;

    private PredictBenchmark() {}

    /** Arguments: pictures a call, 64 if none; seconds, 10 if none. */
    public static void main(String[] arguments) throws OrtException, IOException {
        int batch = arguments.length == 0 ? 64 : Integer.parseInt(arguments[0]);
        int seconds = arguments.length < 2 ? 10 : Integer.parseInt(arguments[1]);
        SplittableRandom random = new SplittableRandom(1);
        List<Image> pictures =
                IntStream.range(0, batch).mapToObj(i -> picture(random)).toList();
        try (Zoo zoo = Zoo.open();
                Model<Image, Classifications> model =
                        zoo.load("lenet-fashion-mnist", Image.class, Classifications.class);
                OrtSession.SessionOptions settings = RunBenchmark.bareSettings();
                OrtSession bare = OrtEnvironment.getEnvironment().createSession(weights(), settings);
                OnnxTensor ready = OnnxTensor.createTensor(
                        OrtEnvironment.getEnvironment(),
                        RandomBatches.normal(random, batch, 1, SIDE, SIDE).floats(),
                        new long[] {batch, 1, SIDE, SIDE})) {
            Map<String, OnnxTensor> readyInput = Map.of("image", ready);
            for (int i = 0; i < WARM_UP; i++) {
                model.predict(pictures);
            }
            Duel.Outcome outcome = new Duel(() -> model.predict(pictures), () -> RunBenchmark.runBare(bare, readyInput))
                    .fight(seconds);
            System.out.printf(Locale.ROOT, "predict, %d pictures, against a bare run: %s%n", batch, outcome);
        }
    }

    private static Image picture(SplittableRandom random) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        random.nextBytes(((DataBufferByte) picture.getRaster().getDataBuffer()).getData());
        return ImageFactory.getInstance().fromImage(picture);
    }

    private static byte[] weights() throws IOException {
        String file = "/META-INF/menagerie/weights/lenet-fashion-mnist.onnx";
        try (InputStream in = PredictBenchmark.class.getResourceAsStream(file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        }
    }
}

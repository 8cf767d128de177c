package org.menagerie.benchmarks;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.transform.Resize;
import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.spi.Tensor;
import org.menagerie.vision.Filter;
import org.menagerie.vision.ImagePreprocessor;
import org.menagerie.vision.ImageReader;
import org.menagerie.vision.ImageSettings;

/**
 * A JPEG file of 1920×1080 to a tensor of 640×640: our reader and preprocessor against DJL's {@code ImageFactory},
 * {@code Resize} and {@code ToTensor} with PyTorch; together, and decoding and the rest apart.
 */
public final class ImageBenchmark {
    private static final int SIDE = 640;
    /** Both round to bytes after each axis, PyTorch with coarser weights. */
    private static final double MOST_DIFFERENCE = 2.01 / 255;

    private ImageBenchmark() {}

    /** Arguments: {@code whole}, {@code decode}, {@code rest} (all if none), {@code --seconds N}, {@code --threads N}. */
    public static void main(String[] arguments) throws IOException {
        BenchmarkOptions options = BenchmarkOptions.of(arguments);
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(options.threads()));
        Path file = Files.createTempFile("picture", ".jpg");
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            writePicture(file);
            Peer peer = new Peer(manager);
            ImagePreprocessor ours = new ImagePreprocessor(bilinear());
            Image picture = new ImageReader().read(file);
            Image theirs = ImageFactory.getInstance().fromFile(file);
            requireAlike(ours, picture, peer.tensor(theirs));
            if (options.wants("whole")) {
                report("whole", () -> prepare(ours, new ImageReader().read(file)), () -> peer.run(read(file)), options);
            }
            if (options.wants("decode")) {
                report("decode", () -> new ImageReader().read(file), () -> read(file), options);
            }
            if (options.wants("rest")) {
                report("rest", () -> prepare(ours, picture), () -> peer.run(theirs), options);
            }
        } finally {
            Files.delete(file);
        }
    }

    /** DJL's and PyTorch's convention: antialiased, half-pixel centres. */
    private static ImageSettings bilinear() {
        return new ImageSettings(
                "image",
                SIDE,
                SIDE,
                null,
                null,
                Filter.BILINEAR,
                true,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Tensor prepare(ImagePreprocessor preprocessor, Image picture) {
        Tensor tensor = preprocessor.prepare(List.of(picture)).tensors().get("image");
        if (tensor == null) {
            throw new IllegalStateException("No tensor 'image'");
        }
        return tensor;
    }

    private static Image read(Path file) {
        try {
            return ImageFactory.getInstance().fromFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** DJL's way. */
    private record Peer(NDManager manager) {
        void run(Image picture) {
            try (NDManager scope = manager.newSubManager()) {
                transformed(scope, picture);
            }
        }

        float[] tensor(Image picture) {
            try (NDManager scope = manager.newSubManager()) {
                return transformed(scope, picture).toFloatArray();
            }
        }

        private static NDArray transformed(NDManager scope, Image picture) {
            NDArray pixels = picture.toNDArray(scope, Image.Flag.COLOR);
            return new ToTensor().transform(new Resize(SIDE, SIDE, Image.Interpolation.BILINEAR).transform(pixels));
        }
    }

    private static void requireAlike(ImagePreprocessor preprocessor, Image picture, float[] expected) {
        float[] found = prepare(preprocessor, picture).toFloatArray();
        if (found.length != expected.length) {
            throw new IllegalStateException("%,d numbers against %,d".formatted(found.length, expected.length));
        }
        for (int i = 0; i < found.length; i++) {
            if (Math.abs(found[i] - expected[i]) > MOST_DIFFERENCE) {
                throw new IllegalStateException("Sample %,d: %s against %s".formatted(i, found[i], expected[i]));
            }
        }
    }

    /** A photograph of this size: the sample of Eileen Collins, enlarged, with the middle cut out. */
    private static void writePicture(Path file) throws IOException {
        BufferedImage small = ImageIO.read(new ByteArrayInputStream(Fixtures.bytes("images/astronaut.png")));
        BufferedImage large = new BufferedImage(1920, 1080, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = large.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(small, 0, -420, 1920, 1920, null);
        graphics.dispose();
        ImageIO.write(large, "jpg", file.toFile());
    }

    private static void report(String what, Runnable ours, Runnable peer, BenchmarkOptions options) {
        System.out.printf(Locale.ROOT, "%s: %s%n", what, new Duel(ours, peer).fight(options.seconds()));
    }
}

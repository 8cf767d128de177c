package org.menagerie.vision;

import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.input.InputKind;
import org.menagerie.spi.input.InputLimit;
import org.menagerie.vision.file.ImageFile;

/**
 * Reads picture files: JPEG, PNG, GIF, BMP, TIFF, WebP, and whatever other ImageIO plugins the application has. Everything that
 * reads pictures, for use, training or evaluation, reads them here.
 *
 * <p>Samples come out as PIL gives them: as they are stored, without colour profiles or gamma; inks by the plain formula;
 * of 16 bits the high ones; the first frame on its screen. A picture comes out the way up that its EXIF orientation says.
 * Truncated or damaged files, files that are not pictures, and pictures of too many pixels are {@link
 * InvalidInputException}s, the last before their pixels are allocated. Thread-safe.
 */
public final class ImageReader {
    /** The most pixels that are accepted unless told otherwise: as many as the largest camera sensors have. */
    public static final long DEFAULT_MOST_PIXELS = 200_000_000;
    /** The most pixels that can be asked for: a Java array holds no more. */
    public static final long LARGEST_MOST_PIXELS = 500_000_000;

    /** The extensions of picture files, without the dot. */
    public static final List<String> EXTENSIONS = List.of("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp");

    private static final long MOST_BYTES = 512L << 20;

    private final long mostPixels;

    /** A reader that accepts pictures of up to {@value #DEFAULT_MOST_PIXELS} pixels. */
    public ImageReader() {
        this(DEFAULT_MOST_PIXELS);
    }

    /**
     * A reader that accepts pictures of up to a number of pixels.
     *
     * @throws IllegalArgumentException if it is not 1 to {@value #LARGEST_MOST_PIXELS}
     */
    public ImageReader(long mostPixels) {
        if (mostPixels < 1 || mostPixels > LARGEST_MOST_PIXELS) {
            throw new IllegalArgumentException("The most pixels of a picture must be 1 to %,d, not %,d"
                    .formatted(LARGEST_MOST_PIXELS, mostPixels));
        }
        this.mostPixels = mostPixels;
    }

    static InputKind<Image> kind() {
        return new InputKind<>(
                        Image.class,
                        "picture",
                        "pictures",
                        EXTENSIONS,
                        (bytes, name, limit) -> new ImageReader(limit).read(bytes, name))
                .limited(new InputLimit("pixels", DEFAULT_MOST_PIXELS, LARGEST_MOST_PIXELS));
    }

    /** The picture in a file. */
    public Image read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        } catch (NoSuchFileException e) {
            throw new InvalidInputException("No such file: " + file, e);
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * The picture in a stream, which is read to its end and not closed.
     *
     * @param name what errors call it
     */
    public Image read(InputStream in, String name) throws IOException {
        byte[] bytes = in.readNBytes((int) MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new InvalidInputException(
                    "%s is larger than %,d MiB, too large for a picture file".formatted(name, MOST_BYTES >> 20));
        }
        return read(bytes, name);
    }

    /**
     * The picture in a file's bytes.
     *
     * @param name what errors call it
     */
    public Image read(byte[] bytes, String name) {
        return new BufferedImageFactory().fromImage(ImageFile.read(bytes, name, mostPixels));
    }
}

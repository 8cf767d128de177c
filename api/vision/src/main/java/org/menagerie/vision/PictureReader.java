package org.menagerie.vision;

import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.menagerie.spi.InvalidInputException;

/**
 * Reads picture files: JPEG (CMYK too), PNG, GIF, BMP, TIFF, and whatever other ImageIO plugins the application has.
 *
 * <p>A picture comes out the way up that its EXIF orientation says. Truncated or damaged files, files that are no
 * picture, and pictures of too many pixels are {@link InvalidInputException}s, the last before their pixels are
 * allocated. Thread-safe.
 */
public final class PictureReader {
    private static final long DEFAULT_MOST_PIXELS = 100_000_000;
    private static final long MOST_BYTES = 512L << 20;

    private final long mostPixels;

    /** A reader that accepts pictures of up to 100 million pixels. */
    public PictureReader() {
        this(DEFAULT_MOST_PIXELS);
    }

    /** A reader that accepts pictures of up to a number of pixels. */
    public PictureReader(long mostPixels) {
        this.mostPixels = mostPixels;
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
        try {
            BufferedImage pixels = Orientation.of(bytes).apply(decode(bytes, name));
            return new BufferedImageFactory().fromImage(pixels);
        } catch (InvalidInputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // ImageIO's readers meet damaged files with many kinds of RuntimeException.
            throw new InvalidInputException(
                    "%s is a damaged or unsupported picture: %s".formatted(name, firstLine(e)), e);
        }
    }

    private static String firstLine(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("");
    }

    private BufferedImage decode(byte[] bytes, String name) throws IOException {
        try (ImageInputStream in = new ByteArrayInput(bytes)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new InvalidInputException("%s is not a picture; expected one of %s".formatted(name, formats()));
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                checkSize(reader.getWidth(0), reader.getHeight(0), name);
                return decode(reader, bytes, name);
            } finally {
                reader.dispose();
            }
        }
    }

    private static BufferedImage decode(ImageReader reader, byte[] bytes, String name) throws IOException {
        boolean jpeg = reader.getFormatName().toLowerCase(Locale.ROOT).startsWith("jpeg");
        if (jpeg) {
            // libjpeg fills what is missing with gray and goes on, with a warning.
            reader.addIIOReadWarningListener((source, warning) -> {
                if (warning.contains("Truncated") || warning.contains("Premature")) {
                    throw new InvalidInputException("%s is a truncated JPEG file; fetch it again".formatted(name));
                }
            });
            if (CmykJpeg.is(bytes)) {
                return CmykJpeg.decode(reader, bytes);
            }
        }
        return reader.read(0);
    }

    private void checkSize(int width, int height, String name) {
        if ((long) width * height > mostPixels) {
            throw new InvalidInputException(
                    "%s has %dx%d pixels; at most %,d are accepted".formatted(name, width, height, mostPixels));
        }
    }

    private static String formats() {
        return String.join(
                ", ",
                new java.util.TreeSet<>(java.util.Arrays.stream(ImageIO.getReaderFormatNames())
                        .map(format -> format.toUpperCase(Locale.ROOT))
                        .toList()));
    }
}

package org.menagerie.vision.file;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.menagerie.spi.InvalidInputException;

/**
 * The first picture of a file's bytes, the right way up.
 *
 * <p>JPEG, TIFF, GIF and WebP are decoded so that their samples mean what PIL says they mean; PNG, BMP and the rest as the
 * host's ImageIO does it.
 */
public final class ImageFile {
    /** Pixels a side; beyond this is no camera and no scanner. */
    private static final int MOST_A_SIDE = 100_000;
    /** Pixels that a file may have however short it is: 16 MiB at most. */
    private static final long FREE_PIXELS = 1L << 22;
    /** Pixels that a byte of a file stands for at most: one colour throughout, in one bit a pixel, deflated. */
    private static final long PIXELS_A_BYTE = 8192;

    private final byte[] bytes;
    private final String name;
    private final long mostPixels;

    private ImageFile(byte[] bytes, String name, long mostPixels) {
        this.bytes = bytes;
        this.name = name;
        this.mostPixels = mostPixels;
    }

    /**
     * Decodes a file.
     *
     * @param name what errors call it
     * @param mostPixels larger pictures are refused before their pixels are allocated
     * @throws InvalidInputException if it is not a picture, damaged, of a form that is not read, or too large
     */
    public static BufferedImage read(byte[] bytes, String name, long mostPixels) {
        try {
            return Orientation.of(bytes).apply(new ImageFile(bytes, name, mostPixels).decode());
        } catch (InvalidInputException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            throw new InvalidInputException(
                    "%s needs more memory than the %,d MiB that the JVM may use; raise them with -Xmx, or shrink the picture"
                            .formatted(name, Runtime.getRuntime().maxMemory() >> 20),
                    e);
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

    private BufferedImage decode() throws IOException {
        if (JpegSegments.isJpeg(bytes)) {
            JpegFile jpeg = new JpegFile(bytes, name);
            checkSize(jpeg.width(), jpeg.height());
            return jpeg.image();
        }
        if (TiffTags.isTiff(bytes)) {
            TiffFile tiff = new TiffFile(bytes, name);
            checkSize(tiff.width(), tiff.height());
            return tiff.isKnown() ? tiff.image() : byImageIo();
        }
        if (GifCanvas.isGif(bytes)) {
            GifCanvas canvas = GifCanvas.of(bytes, name);
            checkSize(canvas.width(), canvas.height());
            return canvas.place(byImageIo());
        }
        if (RiffChunks.isWebP(bytes)) {
            WebPFile webP = new WebPFile(bytes, name);
            checkSize(webP.width(), webP.height());
            return webP.image();
        }
        return byImageIo();
    }

    private BufferedImage byImageIo() throws IOException {
        try (ImageInputStream in = new ByteArrayInput(bytes)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new InvalidInputException("%s is not a picture; expected one of %s".formatted(name, formats()));
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                checkSize(reader.getWidth(0), reader.getHeight(0));
                if (PngChunks.isPng(bytes)) {
                    PngChunks.of(bytes).check(name);
                }
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        }
    }

    private void checkSize(int width, int height) {
        long pixels = (long) width * height;
        if (width < 1 || height < 1) {
            throw new InvalidInputException(
                    "%s is damaged: it says that it has %dx%d pixels".formatted(name, width, height));
        }
        if (width > MOST_A_SIDE || height > MOST_A_SIDE) {
            throw new InvalidInputException(
                    "%s has %dx%d pixels; at most %,d a side are accepted".formatted(name, width, height, MOST_A_SIDE));
        }
        if (pixels > mostPixels) {
            throw new InvalidInputException(
                    "%s has %dx%d pixels; at most %,d are accepted unless the limit is raised (--max-pixels)"
                            .formatted(name, width, height, mostPixels));
        }
        if (pixels > FREE_PIXELS && pixels / PIXELS_A_BYTE > bytes.length) {
            throw new InvalidInputException(
                    "%s says that it has %dx%d pixels, for which its %,d bytes are too few: it is damaged, or made to exhaust memory"
                            .formatted(name, width, height, bytes.length));
        }
    }

    private static String formats() {
        return String.join(
                ", ",
                new TreeSet<>(Arrays.stream(ImageIO.getReaderFormatNames())
                        .map(format -> format.toUpperCase(Locale.ROOT))
                        .toList()));
    }
}

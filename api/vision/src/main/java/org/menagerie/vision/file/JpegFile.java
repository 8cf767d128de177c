package org.menagerie.vision.file;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.vision.file.JpegSegments.Segment;

/**
 * JPEG files of one, three and four components of eight bits.
 *
 * <p>ImageIO decodes the components only; what they mean is told here, as libjpeg and PIL tell it: by the JFIF and Adobe
 * segments, then by the components' names. Four components are inverted inks, YCCK where an Adobe segment says so. Colour
 * profiles are not used.
 */
final class JpegFile {
    private final byte[] file;
    private final String name;
    private final JpegSegments segments;
    private final Segment frame;

    JpegFile(byte[] file, String name) {
        this.file = file;
        this.name = name;
        this.segments = JpegSegments.of(file);
        this.frame = segments.find(Segment::isFrame)
                .filter(found -> found.content().remaining() > 5)
                .orElseThrow(() -> new InvalidInputException(
                        "%s is a damaged JPEG file: it says nowhere how large its picture is".formatted(name)));
        int bits = frame.content().get(0) & 0xFF;
        if (bits != 8 || !List.of(1, 3, 4).contains(components())) {
            throw new InvalidInputException(
                    "%s is a JPEG file of %d components of %d bits; 1, 3 or 4 of 8 bits are read; save it as an ordinary JPEG or PNG"
                            .formatted(name, components(), bits));
        }
    }

    int width() {
        return frame.content().getShort(3) & 0xFFFF;
    }

    int height() {
        return frame.content().getShort(1) & 0xFFFF;
    }

    int components() {
        return frame.content().get(5) & 0xFF;
    }

    BufferedImage image() throws IOException {
        byte[] samples = samples(List.of());
        return switch (components()) {
            case 1 -> Samples.image(samples, width(), height(), 1);
            case 3 -> {
                if (isLumaAndChroma()) {
                    for (int at = 0; at < samples.length; at += 3) {
                        Inks.toRgb(samples, at);
                    }
                }
                yield Samples.image(samples, width(), height(), 3);
            }
            default -> Samples.image(fromInks(samples), width(), height(), 3);
        };
    }

    /** JFIF files are; else an Adobe segment says so, or the components' names deny it. */
    private boolean isLumaAndChroma() {
        if (segments.find(JpegFile::isJfif).isPresent()) {
            return true;
        }
        Optional<Integer> transform = adobeTransform();
        if (transform.isPresent()) {
            return transform.get() != 0;
        }
        return !(id(0) == 'R' && id(1) == 'G' && id(2) == 'B');
    }

    private static boolean isJfif(Segment segment) {
        return segment.is(0xE0, "JFIF\0") && segment.content().remaining() >= 14;
    }

    private int id(int component) {
        int at = 6 + 3 * component;
        return at < frame.content().remaining() ? frame.content().get(at) & 0xFF : 0;
    }

    private Optional<Integer> adobeTransform() {
        return segments.find(segment ->
                        segment.is(0xEE, "Adobe") && segment.content().remaining() >= 12)
                .map(adobe -> adobe.content().get(11) & 0xFF);
    }

    private byte[] fromInks(byte[] samples) {
        boolean ycck = adobeTransform().filter(transform -> transform != 0).isPresent();
        byte[] rgb = Samples.room(width(), height(), 3);
        for (int from = 0, to = 0; from < samples.length; from += 4, to += 3) {
            int left = samples[from + 3] & 0xFF;
            if (ycck) {
                Inks.toRgb(samples, from);
            }
            for (int c = 0; c < 3; c++) {
                int sample = samples[from + c] & 0xFF;
                rgb[to + c] = Inks.light(ycck ? sample : 255 - sample, left);
            }
        }
        return rgb;
    }

    /**
     * The components as they are stored, interleaved.
     *
     * @param tables the segments of a stream whose tables this one uses
     */
    byte[] samples(List<Segment> tables) throws IOException {
        byte[] bare = segments.bare(file, tables);
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        // libjpeg fills what is missing with gray and goes on, with a warning.
        reader.addIIOReadWarningListener((source, warning) -> {
            if (warning.contains("Truncated") || warning.contains("Premature")) {
                throw new InvalidInputException("%s is a truncated JPEG file; fetch it again".formatted(name));
            }
        });
        try (ImageInputStream in = new ByteArrayInput(bare)) {
            reader.setInput(in, true, true);
            return interleaved(reader.readRaster(0, null));
        } finally {
            reader.dispose();
        }
    }

    private static byte[] interleaved(Raster raster) {
        int bands = raster.getNumBands();
        int width = raster.getWidth();
        if (raster.getDataBuffer() instanceof DataBufferByte data
                && raster.getSampleModel() instanceof PixelInterleavedSampleModel model
                && model.getPixelStride() == bands
                && model.getScanlineStride() == bands * width
                && data.getSize() == bands * width * raster.getHeight()
                && inOrder(model.getBandOffsets())) {
            return data.getData();
        }
        byte[] samples = Samples.room(width, raster.getHeight(), bands);
        int[] row = new int[width * bands];
        for (int y = 0, at = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int sample : row) {
                samples[at++] = (byte) sample;
            }
        }
        return samples;
    }

    private static boolean inOrder(int[] offsets) {
        for (int band = 0; band < offsets.length; band++) {
            if (offsets[band] != band) {
                return false;
            }
        }
        return true;
    }
}

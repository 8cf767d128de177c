package org.menagerie.vision.file;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.menagerie.spi.InvalidInputException;

/**
 * WebP files: the first picture, on its canvas.
 *
 * <p>Lossy pictures are decoded here; lossless ones, and alpha that is packed like one, by TwelveMonkeys' reader, which
 * decodes these to the byte but lossy ones with drift.
 */
final class WebPFile {
    private static final int SIGNATURE = 0x2F;

    private final String name;
    private final RiffChunks chunks;
    private final RiffChunks picture;
    private final int left;
    private final int top;
    private final int width;
    private final int height;

    WebPFile(byte[] file, String name) {
        this.name = name;
        this.chunks = RiffChunks.of(file);
        Optional<ByteBuffer> frame = chunks.first("ANMF").filter(found -> found.limit() > 16);
        this.picture = frame.map(found -> RiffChunks.of(found, 16)).orElse(chunks);
        this.left = frame.map(found -> 2 * RiffChunks.threeBytes(found, 0)).orElse(0);
        this.top = frame.map(found -> 2 * RiffChunks.threeBytes(found, 3)).orElse(0);
        Optional<ByteBuffer> canvas = chunks.first("VP8X").filter(found -> found.limit() >= 10);
        this.width = canvas.map(found -> 1 + RiffChunks.threeBytes(found, 4)).orElseGet(() -> size(true));
        this.height = canvas.map(found -> 1 + RiffChunks.threeBytes(found, 7)).orElseGet(() -> size(false));
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    private int size(boolean across) {
        Optional<ByteBuffer> lossy = picture.first("VP8 ");
        if (lossy.isPresent()) {
            Vp8Frame frame = new Vp8Frame(lossy.get(), name);
            return across ? frame.width() : frame.height();
        }
        ByteBuffer lossless = lossless();
        int bits = lossless.getInt(1);
        return 1 + (across ? bits & 0x3FFF : (bits >> 14) & 0x3FFF);
    }

    private ByteBuffer lossless() {
        return picture.first("VP8L")
                .filter(found -> found.limit() > 5 && found.get(0) == SIGNATURE)
                .orElseThrow(() -> new InvalidInputException(
                        "%s is a truncated or damaged WebP file: it has no picture; fetch it again".formatted(name)));
    }

    BufferedImage image() throws IOException {
        Optional<ByteBuffer> lossy = picture.first("VP8 ");
        BufferedImage whole = lossy.isPresent() ? lossy(lossy.get()) : decode(lossless());
        if (left == 0 && top == 0 && whole.getWidth() == width && whole.getHeight() == height) {
            return whole;
        }
        if (left + whole.getWidth() > width || top + whole.getHeight() > height) {
            throw new InvalidInputException("%s is a damaged WebP file: its picture of %dx%d does not fit %dx%d"
                    .formatted(name, whole.getWidth(), whole.getHeight(), width, height));
        }
        BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        int[] row = new int[whole.getWidth()];
        for (int y = 0; y < whole.getHeight(); y++) {
            whole.getRGB(0, y, row.length, 1, row, 0, row.length);
            canvas.setRGB(left, top + y, row.length, 1, row, 0, row.length);
        }
        return canvas;
    }

    private BufferedImage lossy(ByteBuffer data) throws IOException {
        Vp8Frame frame = new Vp8Frame(data, name);
        byte[] rgb = frame.rgb();
        Optional<ByteBuffer> alpha = picture.first("ALPH").filter(found -> found.limit() > 1);
        if (alpha.isEmpty()) {
            return Samples.image(rgb, frame.width(), frame.height(), 3);
        }
        byte[] opacity = alpha(alpha.get(), frame.width(), frame.height());
        byte[] rgba = Samples.room(frame.width(), frame.height(), 4);
        for (int i = 0; i < opacity.length; i++) {
            System.arraycopy(rgb, 3 * i, rgba, 4 * i, 3);
            rgba[4 * i + 3] = opacity[i];
        }
        return Samples.image(rgba, frame.width(), frame.height(), 4);
    }

    private byte[] alpha(ByteBuffer chunk, int wide, int high) throws IOException {
        int flags = chunk.get(0);
        byte[] samples = Samples.room(wide, high, 1);
        if ((flags & 3) == 0) {
            if (chunk.limit() - 1 < samples.length) {
                throw new InvalidInputException("%s is a truncated WebP file; fetch it again".formatted(name));
            }
            chunk.get(1, samples);
        } else {
            ByteBuffer packed = ByteBuffer.allocate(chunk.limit() + 4).order(ByteOrder.LITTLE_ENDIAN);
            packed.put((byte) SIGNATURE).putInt((wide - 1) | ((high - 1) << 14));
            packed.put(chunk.slice(1, chunk.limit() - 1)).flip();
            BufferedImage green = decode(packed);
            int[] row = new int[wide];
            for (int y = 0; y < high; y++) {
                green.getRaster().getSamples(0, y, wide, 1, 1, row);
                for (int x = 0; x < wide; x++) {
                    samples[y * wide + x] = (byte) row[x];
                }
            }
        }
        restore(samples, wide, (flags >> 2) & 3);
        return samples;
    }

    /** Alpha is stored as differences: to the left (1), to above (2) or to a gradient (3). */
    private static void restore(byte[] samples, int wide, int filter) {
        for (int i = 1; i < samples.length && filter > 0; i++) {
            int x = i % wide;
            boolean first = i < wide;
            int leftward = x > 0 ? samples[i - 1] & 0xFF : 0;
            int above = first ? 0 : samples[i - wide] & 0xFF;
            int predicted;
            if (first || (filter == 1 && x > 0)) {
                predicted = leftward;
            } else if (x == 0 || filter == 2) {
                predicted = above;
            } else {
                predicted = Vp8Plane.clip(leftward + above - (samples[i - wide - 1] & 0xFF));
            }
            samples[i] = (byte) (samples[i] + predicted);
        }
    }

    /** A lossless picture in a file of its own, so that a profile or a second frame does not matter. */
    private static BufferedImage decode(ByteBuffer lossless) throws IOException {
        int length = lossless.limit();
        ByteBuffer file = ByteBuffer.allocate(20 + length + (length & 1)).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {'R', 'I', 'F', 'F'}).putInt(file.capacity() - 8).put(new byte[] {'W', 'E', 'B', 'P'});
        file.put(new byte[] {'V', 'P', '8', 'L'}).putInt(length).put(lossless.duplicate());
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("webp");
        if (!readers.hasNext()) {
            throw new IOException("TwelveMonkeys' imageio-webp is not on the class path");
        }
        ImageReader reader = readers.next();
        try (ImageInputStream in = new ByteArrayInput(file.array())) {
            reader.setInput(in, true, true);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }
}

package org.menagerie.vision.file;

import java.nio.ByteBuffer;
import org.menagerie.spi.InvalidInputException;

/**
 * VP8 key frames (RFC 6386), the lossy pictures of WebP files, to the same bytes as libwebp.
 *
 * <p>The frame is predicted and completed macroblock by macroblock, then smoothed; predictions see what is not smoothed yet.
 */
final class Vp8Frame {
    private final String name;
    private final int width;
    private final int height;
    private final ByteBuffer data;

    /** @param data of a chunk "VP8 ", little-endian */
    Vp8Frame(ByteBuffer data, String name) {
        this.name = name;
        this.data = data;
        boolean isKeyFrame = data.limit() >= 10
                && (data.get(0) & 1) == 0
                && (data.get(3) & 0xFF) == 0x9D
                && data.get(4) == 1
                && data.get(5) == 0x2A;
        if (!isKeyFrame) {
            throw damaged();
        }
        this.width = data.getShort(6) & 0x3FFF;
        this.height = data.getShort(8) & 0x3FFF;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    private InvalidInputException damaged() {
        return new InvalidInputException("%s is a truncated or damaged WebP file; fetch it again".formatted(name));
    }

    /** Red, green and blue, interleaved. */
    byte[] rgb() {
        int firstSize = RiffChunks.threeBytes(data, 0) >> 5;
        if (firstSize > data.limit() - 10) {
            throw damaged();
        }
        BoolDecoder modes = new BoolDecoder(data.slice(10, firstSize));
        Vp8Header header = new Vp8Header(modes);
        BoolDecoder[] tokens = partitions(10 + firstSize, header.partitions);
        int columns = (width + 15) / 16;
        int rows = (height + 15) / 16;
        Vp8Plane luma = new Vp8Plane(16 * columns, 16 * rows);
        Vp8Plane[] chroma = {new Vp8Plane(8 * columns, 8 * rows), new Vp8Plane(8 * columns, 8 * rows)};
        Vp8Residuals residuals = new Vp8Residuals(header.coefficients, columns);
        Vp8Modes macroblock = new Vp8Modes(header, columns);
        byte[] levels = new byte[columns * rows];
        boolean[] inner = new boolean[columns * rows];
        for (int row = 0; row < rows; row++) {
            BoolDecoder in = tokens[row % tokens.length];
            macroblock.startRow();
            residuals.startRow();
            for (int column = 0; column < columns; column++) {
                macroblock.read(modes, column);
                boolean small = macroblock.luma == Vp8Prediction.SMALL_BLOCKS;
                boolean coded = false;
                if (macroblock.skipped) {
                    residuals.skip(column, small);
                    java.util.Arrays.fill(residuals.coefficients, 0);
                } else {
                    coded = residuals.read(in, column, small, header.steps(macroblock.segment));
                }
                draw(macroblock, residuals.coefficients, luma, chroma, column, row, columns);
                levels[row * columns + column] = (byte) header.filterLevel(macroblock.segment, small);
                inner[row * columns + column] = small || coded;
            }
            if (in.isExhausted() || modes.isExhausted()) {
                throw damaged();
            }
        }
        if (header.isFiltered()) {
            Vp8Filter filter = new Vp8Filter(header.simpleFilter, header.sharpness);
            for (int i = 0; i < levels.length; i++) {
                if (levels[i] > 0) {
                    filter.apply(luma, chroma, i % columns, i / columns, levels[i], inner[i]);
                }
            }
        }
        return new Vp8Colors(luma, chroma[0], chroma[1], width, height).rgb();
    }

    private BoolDecoder[] partitions(int from, int count) {
        int start = from + 3 * (count - 1);
        if (start > data.limit()) {
            throw damaged();
        }
        BoolDecoder[] partitions = new BoolDecoder[count];
        for (int i = 0; i < count; i++) {
            int at = from + 3 * i;
            int rest = data.limit() - start;
            int size = i == count - 1 ? rest : RiffChunks.threeBytes(data, at);
            if (size > rest) {
                throw damaged();
            }
            partitions[i] = new BoolDecoder(data.slice(start, size));
            start += size;
        }
        return partitions;
    }

    private static void draw(
            Vp8Modes modes, int[] coefficients, Vp8Plane luma, Vp8Plane[] chroma, int column, int row, int columns) {
        int x = 16 * column;
        int y = 16 * row;
        boolean small = modes.luma == Vp8Prediction.SMALL_BLOCKS;
        int aboveRight = luma.index(x + 16, y - 1);
        if (small && column == columns - 1 && row > 0) {
            for (int i = 0; i < 4; i++) {
                luma.samples[aboveRight + i] = luma.samples[aboveRight - 1];
            }
        }
        if (!small) {
            Vp8Prediction.square(luma, x, y, 16, modes.luma);
        }
        for (int block = 0; block < 16; block++) {
            int at = luma.index(x + 4 * (block % 4), y + 4 * (block / 4));
            if (small) {
                int right = block % 4 == 3 ? aboveRight : at - luma.stride + 4;
                Vp8Prediction.small(luma, at, right, modes.small(block));
            }
            luma.add(at, coefficients, 16 * block);
        }
        for (int plane = 0; plane < 2; plane++) {
            Vp8Prediction.square(chroma[plane], 8 * column, 8 * row, 8, modes.chroma);
            for (int block = 0; block < 4; block++) {
                int at = chroma[plane].index(8 * column + 4 * (block % 2), 8 * row + 4 * (block / 2));
                chroma[plane].add(at, coefficients, 16 * (16 + 4 * plane + block));
            }
        }
    }
}

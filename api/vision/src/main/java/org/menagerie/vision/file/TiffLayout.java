package org.menagerie.vision.file;

import org.menagerie.spi.InvalidInputException;

/**
 * How a TIFF file lays out its picture, from its tags.
 *
 * @param bits of a sample
 * @param samples of a pixel
 * @param photometric what the samples mean
 * @param planar whether each sample has blocks of its own
 * @param predictor 1 for none, 2 for horizontal differences
 * @param floating whether samples are floating-point numbers
 * @param blockWidth of a tile, or the picture's
 * @param blockHeight of a tile or strip
 */
record TiffLayout(
        int width,
        int height,
        int bits,
        int samples,
        int photometric,
        int compression,
        boolean planar,
        int predictor,
        boolean floating,
        int blockWidth,
        int blockHeight,
        boolean tiled,
        long[] offsets,
        long[] counts) {
    static TiffLayout of(TiffTags tags, String name) {
        int width = tags.value(256, 0);
        int height = tags.value(257, 0);
        long[] bits = tags.values(258);
        int samples = tags.value(277, 1);
        int format = tags.value(339, 1);
        boolean tiled = tags.has(322);
        if (width < 1 || height < 1 || samples < 1 || samples > 64) {
            throw new InvalidInputException("%s is a damaged TIFF file: it has %dx%d pixels of %d samples"
                    .formatted(name, width, height, samples));
        }
        int depth = bits.length == 0 ? 1 : (int) Math.min(bits[0], 128);
        for (long other : bits) {
            if (other != depth) {
                throw unread(name, "samples of different numbers of bits");
            }
        }
        if (format != 1 && format != 3 && format != 4) {
            throw unread(name, "signed or complex samples");
        }
        if (format == 3 ? depth != 16 && depth != 32 && depth != 64 : depth < 1 || (depth > 16 && depth != 32)) {
            throw unread(name, "samples of %d bits".formatted(depth));
        }
        TiffLayout layout = new TiffLayout(
                width,
                height,
                depth,
                samples,
                tags.value(262, 1),
                tags.value(259, 1),
                tags.value(284, 1) == 2 && samples > 1,
                tags.value(317, 1),
                format == 3,
                tiled ? tags.value(322, 0) : width,
                tiled ? tags.value(323, 0) : Math.min(height, tags.value(278, height)),
                tiled,
                tags.values(tiled ? 324 : 273),
                tags.values(tiled ? 325 : 279));
        if (layout.blockWidth < 1 || layout.blockHeight < 1) {
            throw new InvalidInputException("%s is a damaged TIFF file: its parts have %dx%d pixels"
                    .formatted(name, layout.blockWidth, layout.blockHeight));
        }
        if (layout.predictor != 1
                && (layout.predictor != 2 || layout.floating || (depth != 8 && depth != 16 && depth != 32))) {
            throw unread(name, "predictor %d for samples of %d bits".formatted(layout.predictor, depth));
        }
        return layout;
    }

    static InvalidInputException unread(String name, String what) {
        return new InvalidInputException(
                "%s is a TIFF file with %s, which is not read; save it with 8 bits of gray, RGB or CMYK a sample"
                        .formatted(name, what));
    }

    int samplesABlock() {
        return planar ? 1 : samples;
    }

    int across() {
        return (width + blockWidth - 1) / blockWidth;
    }

    int down() {
        return (height + blockHeight - 1) / blockHeight;
    }

    /** Rows that a block stores: a tile all of them, the last strip those that are left. */
    int rows(int block) {
        return tiled ? blockHeight : Math.min(blockHeight, height - block * blockHeight);
    }

    long bytesARow() {
        return ((long) blockWidth * samplesABlock() * bits + 7) / 8;
    }
}

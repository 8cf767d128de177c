package org.menagerie.plugin.overfeat;

import java.util.List;
import org.menagerie.spi.Tensor;

/**
 * A picture at one of its sizes, with zeros around it, so that windows hang over its edges by up to a half.
 *
 * @param trunk the layers below the windows
 * @param factor pixels of this size for one of the picture
 * @param side of the picture at this size, pixels
 */
record Scale(Trunk trunk, double factor, int side) {
    static Scale of(OverFeat.Config config, double factor) {
        return new Scale(config.trunk(), factor, (int) (config.size() * factor));
    }

    /** Positions along a side of the last pool's map at one offset. */
    int pooled() {
        int step = trunk.stride() * Trunk.POOL;
        return (side + step - 1) / step;
    }

    /** Windows along a side at one offset. */
    int windows() {
        return pooled() - trunk.field + 1;
    }

    /** Positions along a side before the last pool: as many as all offsets need. */
    int positions() {
        return Trunk.POOL * (pooled() + 1) - 1;
    }

    /** Pixels along a side with the zeros around. */
    int padded() {
        return trunk.pixels(positions());
    }

    int zerosBefore() {
        return (padded() - side) / 2;
    }

    /** The windows' corners in the picture f32[offsets·windows²,4], pixels: by offset, then by row. */
    Tensor corners(List<Offset> offsets) {
        int windows = windows();
        float[] corners = new float[4 * offsets.size() * windows * windows];
        int at = 0;
        for (Offset offset : offsets) {
            for (int i = 0; i < windows * windows; i++) {
                corners[at++] = edge(offset.right() + Trunk.POOL * (i % windows), 0);
                corners[at++] = edge(offset.down() + Trunk.POOL * (i / windows), 0);
                corners[at++] = edge(offset.right() + Trunk.POOL * (i % windows), trunk.window());
                corners[at++] = edge(offset.down() + Trunk.POOL * (i / windows), trunk.window());
            }
        }
        return Tensor.of(corners, at / 4, 4);
    }

    private float edge(int position, int further) {
        return (float) ((position * trunk.stride() - zerosBefore() + further) / factor);
    }
}

package org.menagerie.plugin.yolo;

import java.util.List;

/** The layers below the grid. */
enum Backbone {
    /** The paper's figure 3: 24 convolutions, 64 pixels a cell. */
    PAPER(
            64,
            "7x64/2 pool 3x192 pool 1x128 3x256 1x256 3x512 pool"
                    + " 1x256 3x512 1x256 3x512 1x256 3x512 1x256 3x512 1x512 3x1024 pool"
                    + " 1x512 3x1024 1x512 3x1024 3x1024 3x1024/2 3x1024 3x1024"),
    /** Eight convolutions with batch normalisation for small pictures, 16 pixels a cell. */
    SMALL(16, "3x16/2 3x32/2 3x32 3x64/2 3x64 3x128/2 3x128 3x256");

    /** Pixels between the centres of neighbouring cells. */
    final int cell;

    private final String layers;

    Backbone(int cell, String layers) {
        this.cell = cell;
        this.layers = layers;
    }

    /** In order: a pool of 2×2, or a convolution as kernel x filters / stride. */
    List<String> layers() {
        return List.of(layers.split(" "));
    }
}

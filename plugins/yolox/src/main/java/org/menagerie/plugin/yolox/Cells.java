package org.menagerie.plugin.yolox;

import java.util.List;

/**
 * The cells of all grids, one grid after the other, row by row.
 *
 * @param columns the column of each cell
 * @param rows the row of each cell
 * @param strides the stride of each cell's grid, pixels
 */
record Cells(int[] columns, int[] rows, int[] strides) {
    /** For boxes that are in pixels already. */
    static final Cells NONE = new Cells(new int[0], new int[0], new int[0]);

    static Cells of(List<Integer> strides, int width, int height) {
        int count = strides.stream()
                .mapToInt(stride -> (width / stride) * (height / stride))
                .sum();
        Cells cells = new Cells(new int[count], new int[count], new int[count]);
        int cell = 0;
        for (int stride : strides) {
            for (int row = 0; row < height / stride; row++) {
                for (int column = 0; column < width / stride; column++, cell++) {
                    cells.columns[cell] = column;
                    cells.rows[cell] = row;
                    cells.strides[cell] = stride;
                }
            }
        }
        return cells;
    }

    int count() {
        return columns.length;
    }

    /** Brings the centre and size of a cell's box from {@link BoxCoding#GRID} to pixels, in place. */
    void toPixels(int cell, float[] centres, int at) {
        if (count() == 0) {
            return;
        }
        centres[at] = (centres[at] + columns[cell]) * strides[cell];
        centres[at + 1] = (centres[at + 1] + rows[cell]) * strides[cell];
        centres[at + 2] = (float) Math.exp(centres[at + 2]) * strides[cell];
        centres[at + 3] = (float) Math.exp(centres[at + 3]) * strides[cell];
    }
}

package org.menagerie.plugin.slidingwindow;

import org.menagerie.spi.Tensor;

/** A classifier's scores for the windows of a picture. Thread-safe. */
interface WindowScores extends AutoCloseable {
    /**
     * The scores of all windows.
     *
     * @param picture prepared, f32[1,C,height,width]
     * @param grid where the windows are
     * @return by window, row by row: f32[windows,classes]
     */
    Tensor of(Tensor picture, WindowGrid grid);

    @Override
    void close();
}

package org.menagerie.plugin.yolox;

/** How a network writes the centre and the size of a box. */
public enum BoxCoding {
    /** In cells of the box's grid: the centre relative to the cell's corner, and the logarithms of width and height. */
    GRID,
    /** In pixels of the network's input. */
    PIXELS
}

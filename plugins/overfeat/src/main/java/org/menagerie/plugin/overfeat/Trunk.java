package org.menagerie.plugin.overfeat;

import java.util.List;

/** The layers that the heads share, and what positions of their maps mean in pixels. */
enum Trunk {
    /** The paper's accurate model, table 3, up to the last pool; a p pads the map by a zero on each side. */
    ACCURATE("7x96/2 pool3 7x256 pool2 3x512p 3x512p 3x1024p 3x1024p", 5, "4096 4096", "4096 1024"),
    /** Three convolutions for small pictures. */
    SMALL("5x16/2 pool2 3x32 3x48", 3, "128 128", "128 64");

    /** Side of the last pool, and how many offsets it is taken at along each axis. */
    static final int POOL = 3;

    /** Pooled positions along a side that a window takes. */
    final int field;

    private final String layers;
    private final String classHidden;
    private final String boxHidden;

    Trunk(String layers, int field, String classHidden, String boxHidden) {
        this.layers = layers;
        this.field = field;
        this.classHidden = classHidden;
        this.boxHidden = boxHidden;
    }

    List<Layer> layers() {
        return List.of(layers.split(" ")).stream().map(Layer::parse).toList();
    }

    /** Units of the hidden layers that tell classes. */
    List<Integer> classHidden() {
        return units(classHidden);
    }

    /** Units of the hidden layers that tell boxes. */
    List<Integer> boxHidden() {
        return units(boxHidden);
    }

    private static List<Integer> units(String hidden) {
        return List.of(hidden.split(" ")).stream().map(Integer::valueOf).toList();
    }

    /** Pixels that a row of so many positions before the last pool is computed from. */
    int pixels(int positions) {
        List<Layer> list = layers();
        int extent = positions;
        for (int i = list.size() - 1; i >= 0; i--) {
            Layer layer = list.get(i);
            extent = (extent - 1) * layer.stride() + layer.kernel() - 2 * layer.pad();
        }
        return extent;
    }

    /** Pixels between neighbouring positions before the last pool, and so between neighbouring windows. */
    int stride() {
        return pixels(2) - pixels(1);
    }

    /** The side of a window, pixels. */
    int window() {
        return pixels(POOL * field);
    }

    /** A pool, which has no filters, or a convolution. */
    record Layer(int kernel, int filters, int stride, int pad) {
        private static Layer parse(String text) {
            if (text.startsWith("pool")) {
                int size = Integer.parseInt(text.substring(4));
                return new Layer(size, 0, size, 0);
            }
            String[] numbers = text.replace("p", "").split("[x/]");
            return new Layer(
                    Integer.parseInt(numbers[0]),
                    Integer.parseInt(numbers[1]),
                    numbers.length > 2 ? Integer.parseInt(numbers[2]) : 1,
                    text.endsWith("p") ? 1 : 0);
        }
    }
}

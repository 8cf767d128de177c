package org.menagerie.decoding;

import java.util.Arrays;

/**
 * The connected regions of a mask.
 *
 * @param labels {@code [height,width]}: 0 outside, else the number of the region, from 1, in scanning order
 * @param areas pixels of each region; that of region r is {@code areas[r - 1]}
 * @param bounds four numbers a region: left, top, right, bottom in pixels, right and bottom exclusive
 */
public record Regions(int[] labels, int[] areas, int[] bounds) {
    /** Which pixels are neighbours. */
    public enum Neighbours {
        /** The four that share an edge. */
        EDGES,
        /** The eight that share an edge or a corner. */
        CORNERS
    }

    public int count() {
        return areas.length;
    }

    /** Finds the regions of a mask {@code [height,width]}, in two passes with union-find. */
    public static Regions of(boolean[] mask, int height, int width, Neighbours neighbours) {
        requireFit(mask, height, width);
        int[] labels = new int[mask.length];
        int[] parent = new int[64];
        int used = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                if (!mask[at]) {
                    continue;
                }
                int label = x > 0 ? labels[at - 1] : 0;
                if (y > 0) {
                    boolean corners = neighbours == Neighbours.CORNERS;
                    int from = corners && x > 0 ? -1 : 0;
                    int to = corners && x < width - 1 ? 1 : 0;
                    for (int dx = from; dx <= to; dx++) {
                        label = join(parent, label, labels[at - width + dx]);
                    }
                }
                if (label == 0) {
                    label = ++used;
                    if (used == parent.length) {
                        parent = Arrays.copyOf(parent, 2 * used);
                    }
                    parent[label] = label;
                }
                labels[at] = label;
            }
        }
        return measured(labels, width, parent, used);
    }

    private static int join(int[] parent, int a, int b) {
        if (a == 0 || b == 0 || a == b) {
            return Math.max(a, b);
        }
        int rootA = root(parent, a);
        int rootB = root(parent, b);
        int root = Math.min(rootA, rootB);
        parent[rootA] = root;
        parent[rootB] = root;
        return root;
    }

    private static int root(int[] parent, int label) {
        int at = label;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    private static Regions measured(int[] labels, int width, int[] parent, int used) {
        int[] number = new int[used + 1];
        int count = 0;
        for (int label = 1; label <= used; label++) {
            int root = root(parent, label);
            number[label] = root == label ? ++count : number[root];
        }
        int[] areas = new int[count];
        int[] bounds = new int[4 * count];
        for (int at = 0; at < labels.length; at++) {
            if (labels[at] == 0) {
                continue;
            }
            int region = number[labels[at]];
            labels[at] = region;
            int x = at % width;
            int y = at / width;
            int b = 4 * (region - 1);
            boolean first = areas[region - 1]++ == 0;
            bounds[b] = first ? x : Math.min(bounds[b], x);
            bounds[b + 1] = first ? y : bounds[b + 1];
            bounds[b + 2] = Math.max(bounds[b + 2], x + 1);
            bounds[b + 3] = y + 1;
        }
        return new Regions(labels, areas, bounds);
    }

    static void requireFit(boolean[] mask, int height, int width) {
        if (height < 0 || width < 0 || (long) height * width != mask.length) {
            throw new IllegalArgumentException(
                    "A mask of %d×%d was given %,d pixels".formatted(height, width, mask.length));
        }
    }
}

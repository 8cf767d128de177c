package org.menagerie.vision.proposal;

import java.util.Arrays;

/**
 * Felzenszwalb and Huttenlocher 2004, "Efficient graph-based image segmentation": pixels are joined with their eight
 * neighbours along the least differences first, as long as a difference is not larger than what either side has inside of
 * it, plus a tolerance that falls as the side grows.
 *
 * <p>Differences are compared as float32; of equal ones the order is right, down, right and down, right and up.
 */
final class GraphSegmentation {
    private final int pixels;
    private final Edges edges;
    private final long[] order;

    /**
     * Orders the differences of a picture, for any number of segmentations.
     *
     * @param sigma of the Gaussian that smooths the picture before, pixels; 0 for none
     */
    GraphSegmentation(Planes picture, double sigma) {
        pixels = picture.pixels();
        edges = Edges.of(sigma == 0 ? picture : smoothed(picture, sigma));
        order = edges.ascending();
    }

    /**
     * The segment of each pixel, numbered from 0 in reading order.
     *
     * @param scale the tolerance of a single pixel, in units of the samples: the paper's k; a larger one makes larger segments
     * @param least the fewest pixels of a segment; smaller ones are joined with a neighbour
     */
    int[] segments(double scale, int least) {
        Forest segments = new Forest(pixels);
        for (long each : order) {
            segments.joinAlike(edges, (int) each, scale);
        }
        for (long each : order) {
            segments.joinSmall(edges, (int) each, least);
        }
        return segments.numbers();
    }

    private static Planes smoothed(Planes picture, double sigma) {
        Gaussian gaussian = new Gaussian(sigma);
        return new Planes(
                picture.samples().stream()
                        .map(plane -> gaussian.smooth(plane, picture.width(), picture.height()))
                        .toList(),
                picture.width(),
                picture.height());
    }

    /** Pixels joined to segments. */
    private static final class Forest {
        private final int[] parent;
        private final int[] size;
        private final double[] largest;

        Forest(int pixels) {
            parent = new int[pixels];
            size = new int[pixels];
            largest = new double[pixels];
            for (int i = 0; i < pixels; i++) {
                parent[i] = i;
                size[i] = 1;
            }
        }

        void joinAlike(Edges edges, int edge, double scale) {
            int a = root(edges.from(edge));
            int b = root(edges.to(edge));
            double difference = edges.difference(edge);
            if (a != b && difference < Math.min(largest[a] + scale / size[a], largest[b] + scale / size[b])) {
                largest[join(a, b)] = difference;
            }
        }

        void joinSmall(Edges edges, int edge, int least) {
            int a = root(edges.from(edge));
            int b = root(edges.to(edge));
            if (a != b && (size[a] < least || size[b] < least)) {
                join(a, b);
            }
        }

        private int join(int a, int b) {
            int root = Math.min(a, b);
            parent[Math.max(a, b)] = root;
            size[root] = size[a] + size[b];
            return root;
        }

        private int root(int pixel) {
            int root = pixel;
            while (parent[root] != root) {
                parent[root] = parent[parent[root]];
                root = parent[root];
            }
            return root;
        }

        int[] numbers() {
            int[] numbers = new int[parent.length];
            int next = 0;
            for (int i = 0; i < parent.length; i++) {
                // A root is the first pixel of its segment in reading order.
                int root = root(i);
                numbers[i] = root == i ? next++ : numbers[root];
            }
            return numbers;
        }
    }

    /** Pairs of neighbouring pixels: all to the right, then down, right and down, right and up. */
    private record Edges(int[] ends, float[] differences) {
        private static final int[][] STEPS = {{1, 0}, {0, 1}, {1, 1}, {1, -1}};

        static Edges of(Planes picture) {
            int width = picture.width();
            int height = picture.height();
            int[] ends = new int[2 * STEPS.length * picture.pixels()];
            float[] differences = new float[STEPS.length * picture.pixels()];
            int count = 0;
            for (int[] step : STEPS) {
                for (int y = Math.max(0, -step[1]); y < height - Math.max(0, step[1]); y++) {
                    for (int x = 0; x < width - step[0]; x++) {
                        int from = y * width + x;
                        int to = from + step[1] * width + step[0];
                        ends[2 * count] = from;
                        ends[2 * count + 1] = to;
                        differences[count++] = distance(picture, from, to);
                    }
                }
            }
            return new Edges(Arrays.copyOf(ends, 2 * count), Arrays.copyOf(differences, count));
        }

        private static float distance(Planes picture, int a, int b) {
            double sum = 0;
            for (float[] plane : picture.samples()) {
                double difference = plane[a] - plane[b];
                sum += difference * difference;
            }
            return (float) Math.sqrt(sum);
        }

        /** The edges' numbers in the lower half of each element, the least difference first. */
        long[] ascending() {
            long[] keys = new long[differences.length];
            for (int i = 0; i < keys.length; i++) {
                // Bits of floats that are not negative order as the floats do.
                keys[i] = (long) Float.floatToRawIntBits(differences[i]) << 32 | i;
            }
            Arrays.sort(keys);
            return keys;
        }

        int from(int edge) {
            return ends[2 * edge];
        }

        int to(int edge) {
            return ends[2 * edge + 1];
        }

        float difference(int edge) {
            return differences[edge];
        }
    }
}

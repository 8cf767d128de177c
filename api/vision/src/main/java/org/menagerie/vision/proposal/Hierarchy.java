package org.menagerie.vision.proposal;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;

/** Segments joined two by two, the most similar neighbours first, until one is left (Uijlings et al. 2013, algorithm 1). */
final class Hierarchy {
    private final List<Region> regions = new ArrayList<>();
    private final List<Set<Integer>> neighbours = new ArrayList<>();
    private final PriorityQueue<Pair> pairs = new PriorityQueue<>(Comparator.comparingDouble(Pair::similarity)
            .reversed()
            .thenComparingInt(Pair::a)
            .thenComparingInt(Pair::b));
    private final boolean byColor;
    private final int pixels;

    private record Pair(double similarity, int a, int b) {}

    private Hierarchy(boolean byColor, int pixels) {
        this.byColor = byColor;
        this.pixels = pixels;
    }

    /** The boxes around all regions there ever were, the last and largest first. */
    static List<Rectangle> boxes(
            int[] segments, Planes picture, Histograms colors, Histograms texture, boolean byColor) {
        Hierarchy hierarchy = new Hierarchy(byColor, picture.pixels());
        hierarchy.begin(segments, picture.width(), colors, texture);
        hierarchy.join();
        List<Rectangle> boxes = new ArrayList<>();
        for (int i = hierarchy.regions.size() - 1; i >= 0; i--) {
            boxes.add(hierarchy.regions.get(i).box());
        }
        return boxes;
    }

    private void begin(int[] segments, int width, Histograms colors, Histograms texture) {
        int count = IntStream.of(segments).max().orElseThrow() + 1;
        int[] sizes = new int[count];
        Rectangle[] boxes = new Rectangle[count];
        for (int i = 0; i < count; i++) {
            neighbours.add(new HashSet<>());
        }
        for (int i = 0; i < segments.length; i++) {
            int segment = segments[i];
            sizes[segment]++;
            Rectangle pixel = new Rectangle(i % width, i / width, 1, 1);
            if (boxes[segment] == null) {
                boxes[segment] = pixel;
            } else {
                boxes[segment].add(pixel);
            }
            if (i % width > 0) {
                touch(segment, segments[i - 1]);
            }
            if (i >= width) {
                touch(segment, segments[i - width]);
            }
        }
        float[][] colorsOf = colors.of(segments, sizes);
        float[][] textureOf = texture.of(segments, sizes);
        for (int i = 0; i < count; i++) {
            regions.add(new Region(sizes[i], boxes[i], colorsOf[i], textureOf[i]));
        }
        for (int a = 0; a < count; a++) {
            for (int b : neighbours.get(a)) {
                if (a < b) {
                    offer(a, b);
                }
            }
        }
    }

    private void touch(int a, int b) {
        if (a != b) {
            neighbours.get(a).add(b);
            neighbours.get(b).add(a);
        }
    }

    private void offer(int a, int b) {
        pairs.add(new Pair(regions.get(a).similarity(regions.get(b), byColor, pixels), a, b));
    }

    private void join() {
        Pair pair;
        while ((pair = pairs.poll()) != null) {
            // Pairs with a region that has been joined already are out of date: it is nobody's neighbour any more.
            if (!neighbours.get(pair.a()).contains(pair.b())) {
                continue;
            }
            int joined = regions.size();
            regions.add(regions.get(pair.a()).with(regions.get(pair.b())));
            Set<Integer> around = new HashSet<>(neighbours.get(pair.a()));
            around.addAll(neighbours.get(pair.b()));
            around.remove(pair.a());
            around.remove(pair.b());
            neighbours.add(around);
            leave(pair.a());
            leave(pair.b());
            for (int other : around) {
                neighbours.get(other).add(joined);
                offer(other, joined);
            }
        }
    }

    private void leave(int region) {
        for (int other : neighbours.get(region)) {
            neighbours.get(other).remove(region);
        }
        neighbours.set(region, Set.of());
    }
}

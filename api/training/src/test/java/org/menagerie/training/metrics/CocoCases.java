package org.menagerie.training.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.menagerie.training.metrics.AveragePrecision.Detection;
import org.menagerie.training.metrics.AveragePrecision.Truth;

/**
 * Random images with objects and detections that are hard to count: few different scores and places, so that scores and overlaps
 * tie; crowds, empty boxes, areas on the bounds, more than a hundred detections, classes that do not occur.
 */
final class CocoCases {
    private static final int[] SIDES = {0, 8, 16, 32, 40, 64, 104, 160};

    private CocoCases() {}

    /** An image. */
    record Picture(List<Truth> truths, List<Detection> detections) {}

    /** A case. */
    record Case(int classes, List<Picture> pictures) {}

    static Case of(int seed) {
        Random random = new Random(seed * 7919L + 17);
        int images = 1 + random.nextInt(6);
        int classes = 1 + random.nextInt(4);
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            pictures.add(picture(random, classes));
        }
        return new Case(classes, pictures);
    }

    private static Picture picture(Random random, int classes) {
        List<Truth> truths = new ArrayList<>();
        int present = random.nextInt(9);
        for (int i = 0; i < present; i++) {
            int label = random.nextInt(classes);
            Box box = box(random, 1);
            truths.add(new Truth(label, box, random.nextInt(7) == 0, box.area() * (2 + random.nextInt(3)) / 4));
        }
        List<Detection> detections = new ArrayList<>();
        int found = random.nextInt(12) == 0 ? 130 : random.nextInt(15);
        for (int i = 0; i < found; i++) {
            double score = random.nextInt(11) / 10.0;
            if (!truths.isEmpty() && random.nextInt(3) > 0) {
                Truth near = truths.get(random.nextInt(truths.size()));
                double left = near.box().left() + 4 * (random.nextInt(5) - 2);
                double top = near.box().top() + 4 * (random.nextInt(5) - 2);
                double width = Math.max(0, near.box().right() - near.box().left() + 4 * (random.nextInt(5) - 2));
                double height = near.box().bottom() - near.box().top();
                int label = random.nextInt(10) == 0 ? random.nextInt(classes) : near.label();
                detections.add(new Detection(label, score, new Box(left, top, left + width, top + height)));
            } else {
                detections.add(new Detection(random.nextInt(classes), score, box(random, 0)));
            }
        }
        return new Picture(truths, detections);
    }

    private static Box box(Random random, int smallest) {
        int left = 8 * random.nextInt(20);
        int top = 8 * random.nextInt(20);
        int right = left + SIDES[smallest + random.nextInt(SIDES.length - smallest)];
        return new Box(left, top, right, top + SIDES[smallest + random.nextInt(SIDES.length - smallest)]);
    }
}

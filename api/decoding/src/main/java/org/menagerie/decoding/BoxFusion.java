package org.menagerie.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Weighted boxes fusion (Solovyev, Wang and Gabruseva 2019): the boxes that several looks at one picture, or several models, found of
 * one object become one. Boxes join, best first, the cluster of their class whose box overlaps theirs most, if by more than a
 * threshold; a cluster's box is the mean of its boxes weighted by their scores, and its score is their mean score, less where
 * fewer boxes than looks found it. Boxes or scores with a NaN are left out.
 *
 * @param iou boxes must overlap a cluster's by more than this to join it, 0 to 1; 0.55 in the paper
 */
public record BoxFusion(float iou) {
    public BoxFusion {
        if (!(iou >= 0 && iou <= 1)) {
            throw new IllegalArgumentException("The IoU threshold is %s; expected 0 to 1".formatted(iou));
        }
    }

    /**
     * Boxes with a class and a score each.
     *
     * @param corners {@code [N,4]}
     * @param classes {@code [N]}
     * @param scores {@code [N]}
     */
    public record Found(float[] corners, int[] classes, float[] scores) {
        public Found {
            Boxes.requireRows(corners);
            if (corners.length != 4 * classes.length || classes.length != scores.length) {
                throw new IllegalArgumentException("%d boxes, %d classes and %d scores; expected as many of each"
                        .formatted(corners.length / 4, classes.length, scores.length));
            }
        }

        public int size() {
            return classes.length;
        }
    }

    /** A cluster's class, the sums that its box and score are the means of, and its box in the form of {@link Boxes}. */
    private static final class Cluster {
        private final int label;
        private final double[] sums = new double[4];
        private final float[] pair = new float[8];
        private double weight;
        private int members;

        Cluster(int label) {
            this.label = label;
        }

        void add(float[] corners, int box, float score) {
            weight += score;
            members++;
            for (int k = 0; k < 4; k++) {
                sums[k] += (double) score * corners[4 * box + k];
                pair[k] = (float) (sums[k] / weight);
            }
        }

        float iou(float[] corners, int box) {
            System.arraycopy(corners, 4 * box, pair, 4, 4);
            return Boxes.iou(pair, 0, 1);
        }

        float score(int looks) {
            return (float) (weight / members * Math.min(members, looks) / looks);
        }
    }

    /**
     * Fuses the boxes of all looks, best first.
     *
     * @param found what all looks found together; scores are above 0
     * @param looks how many there were
     */
    public Found fuse(Found found, int looks) {
        List<Cluster> clusters = new ArrayList<>();
        for (int box : Scores.topK(found.scores(), found.size())) {
            float score = found.scores()[box];
            float area = Boxes.area(found.corners(), box);
            if (score > 0 && !Float.isNaN(area)) {
                Cluster nearest = nearest(clusters, found, box);
                if (nearest == null) {
                    nearest = new Cluster(found.classes()[box]);
                    clusters.add(nearest);
                }
                nearest.add(found.corners(), box, score);
            }
        }
        clusters.sort(Comparator.comparingDouble((Cluster cluster) -> -cluster.score(looks)));
        Found fused = new Found(new float[4 * clusters.size()], new int[clusters.size()], new float[clusters.size()]);
        IntStream.range(0, clusters.size()).forEach(i -> {
            System.arraycopy(clusters.get(i).pair, 0, fused.corners(), 4 * i, 4);
            fused.classes()[i] = clusters.get(i).label;
            fused.scores()[i] = clusters.get(i).score(looks);
        });
        return fused;
    }

    private @Nullable Cluster nearest(List<Cluster> clusters, Found found, int box) {
        Cluster nearest = null;
        float most = iou;
        for (Cluster cluster : clusters) {
            float overlap = cluster.label == found.classes()[box] ? cluster.iou(found.corners(), box) : 0;
            if (overlap > most) {
                most = overlap;
                nearest = cluster;
            }
        }
        return nearest;
    }
}

package org.menagerie.conformance.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.menagerie.plugin.yolo.YoloPlugin;
import org.menagerie.spi.Tensor;

/** YOLO's loss and all its gradients against PyTorch's layers and formula 3 of the paper, taken object by object. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class YoloPyTorchTest {
    private static final int SIZE = 48;
    private static final int CELLS = 3;
    private static final int CELL = 16;
    private static final int BOXES = 2;
    private static final int CLASSES = 3;
    private static final int DEPTH = 5 * BOXES + CLASSES;

    /** In pixels: left, top, right, bottom. Two objects of the first picture share a cell; the last row is none. */
    private static final float[][][] TRUTH = {
        {{3, 5, 17, 30}, {1, 2, 26, 28}, {20, 22, 45, 47}},
        {{30, 4, 46, 12}, {10, 20, 40, 44}, {0, 0, 0, 0}},
    };

    private static final long[][] LABELS = {{0, 2, 1}, {1, 0, -1}};

    @Test
    void oneStepsGradients() {
        PluginNetwork yolo = PluginNetwork.of(new YoloPlugin(), "yolo", """
                {"backbone": "small", "boxes": %d, "classes": %d, "channels": 1, "size": %d}""".formatted(BOXES, CLASSES, SIZE));
        int objects = LABELS[0].length;
        float[] boxes = new float[LABELS.length * objects * 4];
        long[] labels = Arrays.stream(LABELS).flatMapToLong(Arrays::stream).toArray();
        for (int i = 0; i < labels.length; i++) {
            System.arraycopy(TRUTH[i / objects][i % objects], 0, boxes, 4 * i, 4);
        }
        Peer.compare(
                new long[] {LABELS.length, 1, SIZE, SIZE},
                (g, x) -> yolo.loss(
                        g,
                        Map.of(
                                "image",
                                x,
                                "boxes",
                                g.constant(Tensor.of(boxes, LABELS.length, objects, 4)),
                                "box_label",
                                g.constant(Tensor.of(labels, LABELS.length, objects)))),
                (manager, x, all) -> {
                    TorchLayers torch = new TorchLayers(all);
                    return torch.withStatistics(loss(manager, grid(torch, x)));
                });
    }

    private static NDArray grid(TorchLayers torch, NDArray image) {
        NDArray x = image;
        int[] strides = {2, 2, 1, 2, 1, 2, 1, 1};
        for (int i = 0; i < strides.length; i++) {
            String name = "conv" + (i + 1);
            x = Activation.leakyRelu(torch.batchNorm(name + ".norm", torch.conv(name, x, strides[i], 1)), 0.1f);
        }
        return torch.conv("head", x, 1, 0).transpose(0, 2, 3, 1);
    }

    private static NDArray loss(NDManager manager, NDArray grid) {
        NDArray sum = manager.create(0f);
        float[] free = new float[LABELS.length * CELLS * CELLS * BOXES];
        Arrays.fill(free, 1);
        NDArray places = grid.reshape(-1, DEPTH);
        for (int picture = 0; picture < LABELS.length; picture++) {
            for (int object = 0; object < LABELS[picture].length; object++) {
                if (LABELS[picture][object] >= 0) {
                    Truth truth = Truth.of(TRUTH[picture][object]);
                    int place = (picture * CELLS + truth.row) * CELLS + truth.column;
                    NDArray cell = places.get(place);
                    int responsible = truth.responsible(cell.toFloatArray());
                    free[place * BOXES + responsible] = 0;
                    NDArray box = cell.get("%d:%d".formatted(5 * responsible, 5 * responsible + 5));
                    float iou = truth.iou(box.toFloatArray());
                    NDArray wanted = manager.create(new float[] {
                        truth.x, truth.y, (float) Math.sqrt(truth.width), (float) Math.sqrt(truth.height), iou
                    });
                    NDArray weights = manager.create(new float[] {5, 5, 5, 5, 1});
                    float[] kinds = new float[CLASSES];
                    kinds[(int) LABELS[picture][object]] = 1;
                    NDArray classes = cell.get("%d:".formatted(5 * BOXES));
                    sum = sum.add(box.sub(wanted).square().mul(weights).sum())
                            .add(classes.sub(manager.create(kinds)).square().sum());
                }
            }
        }
        NDArray confidences = places.get(":, :%d".formatted(5 * BOXES))
                .reshape(-1, BOXES, 5)
                .get(":, :, 4")
                .flatten();
        NDArray empty = confidences.square().mul(manager.create(free)).sum().mul(0.5f);
        return sum.add(empty).div(LABELS.length).reshape(new Shape());
    }

    /** An object: its cell, the centre's place in it, and the size as fractions of the picture. */
    private record Truth(int row, int column, float x, float y, float width, float height) {
        static Truth of(float[] box) {
            float x = (box[0] + box[2]) / 2 / CELL;
            float y = (box[1] + box[3]) / 2 / CELL;
            int column = (int) x;
            int row = (int) y;
            return new Truth(row, column, x - column, y - row, (box[2] - box[0]) / SIZE, (box[3] - box[1]) / SIZE);
        }

        /** The box with the highest IoU, the first of equal ones. */
        int responsible(float[] cell) {
            int best = 0;
            for (int box = 1; box < BOXES; box++) {
                if (iou(Arrays.copyOfRange(cell, 5 * box, 5 * box + 5))
                        > iou(Arrays.copyOfRange(cell, 5 * best, 5 * best + 5))) {
                    best = box;
                }
            }
            return best;
        }

        /** With a prediction: centre in the cell, roots of the size. */
        float iou(float[] box) {
            double predictedWidth = (double) box[2] * box[2];
            double predictedHeight = (double) box[3] * box[3];
            double both = overlap(box[0], predictedWidth * CELLS, x, width * CELLS)
                    * overlap(box[1], predictedHeight * CELLS, y, height * CELLS)
                    / (CELLS * CELLS);
            return (float) (both / (predictedWidth * predictedHeight + (double) width * height - both));
        }

        private static double overlap(double centreA, double lengthA, double centreB, double lengthB) {
            double end = Math.min(centreA + lengthA / 2, centreB + lengthB / 2);
            double start = Math.max(centreA - lengthA / 2, centreB - lengthB / 2);
            return Math.max(0, end - start);
        }
    }
}

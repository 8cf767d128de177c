package org.menagerie.plugin.yolo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.Column;

/** The loss against one that goes through cells, boxes and objects in loops. */
class YoloLossTest {
    private static final Yolo.Config CONFIG = new Yolo.Config(Backbone.SMALL, 2, 3, 1, 48);
    private static final int CELLS = 3;
    private static final int DEPTH = 13;

    @Test
    void equalsALoopOverCellsAndObjects() {
        try (OnnxSession session = session()) {
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < 200; i++) {
                int size = 1 + random.nextInt(3);
                Map<String, Tensor> inputs = new HashMap<>(YoloBatches.objects(CONFIG, size, random));
                Tensor grid = Tensor.allocate(ElementType.FLOAT32, size, CELLS, CELLS, DEPTH);
                for (int k = 0; k < grid.size(); k++) {
                    grid.floats().put(k, (float) random.nextDouble(-0.2, 1.2));
                }
                inputs.put("grid", grid);
                float found = loss(session, inputs);
                assertThat((double) found).isCloseTo(reference(inputs, size), within(1e-4 * found));
            }
        }
    }

    @Test
    void aPerfectGridCostsNothing() {
        // One object of class 2, centre (24, 24) in the middle cell, 24×12 pixels.
        Tensor grid = Tensor.allocate(ElementType.FLOAT32, 1, CELLS, CELLS, DEPTH);
        int cell = 4 * DEPTH;
        float[] box = {0.5f, 0.5f, (float) Math.sqrt(0.5), (float) Math.sqrt(0.25), 1};
        for (int k = 0; k < 5; k++) {
            grid.floats().put(cell + 5 + k, box[k]);
        }
        grid.floats().put(cell + 10 + 2, 1);
        Tensor boxes = Tensor.of(new float[] {12, 18, 36, 30}, 1, 1, 4);
        Tensor labels = Tensor.of(new long[] {2}, 1, 1);
        try (OnnxSession session = session()) {
            Map<String, Tensor> inputs = Map.of("grid", grid, "boxes", boxes, "box_label", labels);
            assertThat(loss(session, inputs)).isCloseTo(0, within(1e-6f));
            // A confidence of 0.6 where nothing is costs half its square.
            grid.floats().put(4, 0.6f);
            assertThat(loss(session, inputs)).isCloseTo(0.18f, within(1e-6f));
        }
    }

    private static OnnxSession session() {
        GraphBuilder g = new GraphBuilder("loss", Mode.TRAINING);
        g.output("loss", new YoloLoss(g, CONFIG).of(g.input("grid", "f32[N,3,3,13]")));
        return OnnxSession.open(
                OnnxWriter.toBytesWithParametersAsInputs(g.build()),
                SessionOptions.defaults().withDevice(Device.CPU).withThreads(1));
    }

    private static float loss(OnnxSession session, Map<String, Tensor> inputs) {
        return Column.in(session.run(inputs), "loss").floats().get(0);
    }

    private static double reference(Map<String, Tensor> inputs, int size) {
        float[] grid = Column.in(inputs, "grid").toFloatArray();
        float[] boxes = Column.in(inputs, "boxes").toFloatArray();
        long[] labels = Column.in(inputs, "box_label").toLongArray();
        double sum = 0;
        for (int n = 0; n < size; n++) {
            for (int cell = 0; cell < CELLS * CELLS; cell++) {
                int at = (n * CELLS * CELLS + cell) * DEPTH;
                boolean[] responsible = new boolean[2];
                for (int m = n * YoloBatches.OBJECTS; m < (n + 1) * YoloBatches.OBJECTS; m++) {
                    double x = (boxes[4 * m] + boxes[4 * m + 2]) / 2.0 / 16;
                    double y = (boxes[4 * m + 1] + boxes[4 * m + 3]) / 2.0 / 16;
                    if (labels[m] < 0 || (int) x != cell % CELLS || (int) y != cell / CELLS) {
                        continue;
                    }
                    double[] ious = {iou(grid, at, cell, boxes, 4 * m), iou(grid, at + 5, cell, boxes, 4 * m)};
                    int best = ious[1] > ious[0] ? 1 : 0;
                    responsible[best] = true;
                    int box = at + 5 * best;
                    double width = Math.sqrt((boxes[4 * m + 2] - boxes[4 * m]) / 48.0);
                    double height = Math.sqrt((boxes[4 * m + 3] - boxes[4 * m + 1]) / 48.0);
                    sum += 5 * (squared(grid[box] - (x - (int) x)) + squared(grid[box + 1] - (y - (int) y)));
                    sum += 5 * (squared(grid[box + 2] - width) + squared(grid[box + 3] - height));
                    sum += squared(grid[box + 4] - ious[best]);
                    for (int c = 0; c < 3; c++) {
                        sum += squared(grid[at + 10 + c] - (labels[m] == c ? 1 : 0));
                    }
                }
                for (int b = 0; b < 2; b++) {
                    sum += responsible[b] ? 0 : 0.5 * squared(grid[at + 5 * b + 4]);
                }
            }
        }
        return sum / size;
    }

    /** IoU in pixels, from edges. */
    private static double iou(float[] grid, int box, int cell, float[] boxes, int truth) {
        int row = cell / CELLS;
        int column = cell % CELLS;
        double x = (column + grid[box]) * 16.0;
        double y = (row + grid[box + 1]) * 16.0;
        double width = squared(grid[box + 2]) * 48;
        double height = squared(grid[box + 3]) * 48;
        double right = Math.min(x + width / 2, boxes[truth + 2]);
        double bottom = Math.min(y + height / 2, boxes[truth + 3]);
        double left = Math.max(x - width / 2, boxes[truth]);
        double top = Math.max(y - height / 2, boxes[truth + 1]);
        double shared = Math.max(0, right - left) * Math.max(0, bottom - top);
        double area = (boxes[truth + 2] - boxes[truth]) * (double) (boxes[truth + 3] - boxes[truth + 1]);
        return shared / (area + width * height - shared);
    }

    private static double squared(double value) {
        return value * value;
    }
}

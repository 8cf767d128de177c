package org.menagerie.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.menagerie.graph.Architecture;
import org.menagerie.plugin.yolo.YoloPlugin;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Objective;

/** The small YOLO of 20 classes with its loss, as its plugin builds it. */
final class YoloWorkload {
    private static final int BATCH = 32;
    private static final int OBJECTS = 5;
    private static final int SIDE = 128;
    private static final int CELLS = 8;
    private static final int BOXES = 2;
    private static final int CLASSES = 20;

    private YoloWorkload() {}

    static Workload create() {
        return new Workload("YOLO small, 1x128x128, batch 32", objective(), YoloWorkload::peer, batch());
    }

    /** Plugins' components are collected under their raw types. */
    @SuppressWarnings("rawtypes")
    private static Objective objective() {
        var all = Key.get(new TypeLiteral<Map<String, Architecture>>() {});
        Architecture<?> yolo =
                Guice.createInjector(new YoloPlugin()).getInstance(all).get("yolo");
        return objective(Objects.requireNonNull(yolo));
    }

    private static <C extends Record> Objective objective(Architecture<C> architecture) {
        return Objective.of(
                architecture, Objects.requireNonNull(architecture.variants().get("yolo-small")));
    }

    /** Pictures of one to five objects of at least ten pixels a side. */
    private static Map<String, Tensor> batch() {
        SplittableRandom random = new SplittableRandom(3);
        Tensor boxes = Tensor.allocate(ElementType.FLOAT32, BATCH, OBJECTS, 4);
        Tensor labels = Tensor.allocate(ElementType.INT64, BATCH, OBJECTS);
        for (int i = 0; i < BATCH * OBJECTS; i++) {
            boolean there = i % OBJECTS == 0 || random.nextBoolean();
            labels.longs().put(i, there ? random.nextInt(CLASSES) : -1);
            for (int axis = 0; there && axis < 2; axis++) {
                double low = random.nextDouble(SIDE - 20);
                boxes.floats().put(4 * i + axis, (float) low);
                boxes.floats().put(4 * i + 2 + axis, (float) random.nextDouble(low + 10, SIDE));
            }
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("image", RandomBatches.normal(random, BATCH, 1, SIDE, SIDE));
        batch.put("boxes", boxes);
        batch.put("box_label", labels);
        return batch;
    }

    private static NDArray peer(Map<String, NDArray> parameters, Map<String, NDArray> batch) {
        Torch torch = new Torch(parameters);
        NDArray x = RandomBatches.input(batch, "image");
        int[] strides = {2, 2, 1, 2, 1, 2, 1, 1};
        for (int i = 0; i < strides.length; i++) {
            String name = "conv" + (i + 1);
            x = Activation.leakyRelu(torch.batchNorm(name + ".norm", torch.conv(name, x, strides[i], 1)), 0.1f);
        }
        NDArray grid = torch.conv("head", x, 1, 0).transpose(0, 2, 3, 1).reshape(BATCH, CELLS * CELLS, -1);
        return loss(grid, RandomBatches.input(batch, "boxes"), RandomBatches.input(batch, "box_label"));
    }

    private static NDArray loss(NDArray grid, NDArray boxes, NDArray labels) {
        NDArray corners = boxes.mul((float) CELLS / SIDE);
        NDArray leftTop = corners.get(":, :, 0:2");
        NDArray rightBottom = corners.get(":, :, 2:4");
        NDArray centre = leftTop.add(rightBottom).mul(0.5f);
        NDArray cell = centre.floor().clip(0, CELLS - 1);
        NDArray place = centre.sub(cell).expandDims(2);
        NDArray size = rightBottom.sub(leftTop).expandDims(2);
        NDArray present = labels.gte(0).toType(DataType.FLOAT32, false).expandDims(2);

        NDArray number = cell.get(":, :, 1").mul(CELLS).add(cell.get(":, :, 0")).toType(DataType.INT64, false);
        NDArray at = number.oneHot(CELLS * CELLS);
        NDArray seen = at.matMul(grid);
        NDArray predicted = seen.get(":, :, 0:10").reshape(BATCH, OBJECTS, BOXES, 5);
        NDArray centres = predicted.get(":, :, :, 0:2");
        NDArray roots = predicted.get(":, :, :, 2:4");

        NDArray iou = iou(centres, roots.square().mul(CELLS), place, size);
        NDArray responsible = iou.argMax(2).oneHot(BOXES).mul(present);
        NDArray boxError = centres.sub(place)
                .square()
                .add(roots.sub(size.div(CELLS).sqrt()).square());
        NDArray coordinates = boxError.mul(responsible.expandDims(3)).sum();
        NDArray confidence = predicted.get(":, :, :, 4").sub(iou.stopGradient()).square();
        NDArray kinds = labels.maximum(0).oneHot(CLASSES);
        NDArray classes = seen.get(":, :, 10:").sub(kinds).square().mul(present).sum();
        NDArray taken = at.transpose(0, 2, 1).matMul(responsible).minimum(1f);
        NDArray all =
                grid.get(":, :, 0:10").reshape(BATCH, CELLS * CELLS, BOXES, 5).get(":, :, :, 4");
        NDArray free = all.square().mul(taken.mul(-1).add(1)).sum();
        return coordinates
                .mul(5)
                .add(confidence.mul(responsible).sum())
                .add(free.mul(0.5f))
                .add(classes)
                .div(BATCH);
    }

    private static NDArray iou(NDArray centreA, NDArray sizeA, NDArray centreB, NDArray sizeB) {
        NDArray right = centreA.add(sizeA.mul(0.5f)).minimum(centreB.add(sizeB.mul(0.5f)));
        NDArray left = centreA.sub(sizeA.mul(0.5f)).maximum(centreB.sub(sizeB.mul(0.5f)));
        NDArray intersection =
                Activation.relu(new NDList(right.sub(left))).singletonOrThrow().prod(new int[] {3});
        NDArray union = sizeA.prod(new int[] {3}).add(sizeB.prod(new int[] {3})).sub(intersection);
        return intersection.div(union.add(1e-6f));
    }
}

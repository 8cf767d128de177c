package org.menagerie.benchmarks;

import ai.djl.modality.cv.output.Rectangle;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.menagerie.decoding.Detections;
import org.menagerie.decoding.Nms;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Class-wise NMS of a YOLO head's 25,200 boxes and 80 classes: ours, ONNX Runtime's operator, DJL's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NmsBenchmark {
    private static final int BOXES = 25_200;
    private static final int CLASSES = 80;
    private static final float IOU = .45f;

    /**
     * {@code picture}: 40 objects, each seen by about 30 boxes, score threshold .25, as when a detector is used.
     * {@code evaluation}: the same with noise on all boxes and threshold .001, as when mAP is computed.
     * {@code uniform}: random boxes with random scores, threshold .05, at most 300 a class.
     * {@code everything}: the same without a limit.
     */
    @Param({"picture", "evaluation", "uniform"})
    String data = "";

    private float[] boxes = new float[0];
    private float[] scores = new float[0];
    private Nms nms = Nms.hard(IOU, 0);
    private List<Rectangle> rectangles = List.of();
    private Map<String, OnnxTensor> inputs = Map.of();
    private OrtSession session;

    @SuppressWarnings("NullAway.Init")
    public NmsBenchmark() {}

    @Setup(Level.Trial)
    public void prepare() throws OrtException {
        boolean uniform = data.equals("uniform") || data.equals("everything");
        float threshold = uniform ? .05f : data.equals("evaluation") ? .001f : .25f;
        int max = data.equals("everything") ? BOXES : 300;
        nms = Nms.hard(IOU, threshold).withMaxPerClass(max);
        boxes = new float[4 * BOXES];
        scores = new float[CLASSES * BOXES];
        fill(new SplittableRandom(7), uniform, data.equals("evaluation"));
        rectangles = new ArrayList<>();
        for (int i = 0; i < BOXES; i++) {
            int at = 4 * i;
            rectangles.add(
                    new Rectangle(boxes[at], boxes[at + 1], boxes[at + 2] - boxes[at], boxes[at + 3] - boxes[at + 1]));
        }
        inputs = Map.of(
                "boxes", tensor(boxes, 1, BOXES, 4),
                "scores", tensor(scores, 1, CLASSES, BOXES));
        session = new OrtGraph()
                .input("boxes", 1, BOXES, 4)
                .input("scores", 1, CLASSES, BOXES)
                .constant("max", (long) max)
                .constant("iou", IOU)
                .constant("threshold", threshold)
                .node("NonMaxSuppression", "chosen", new String[] {"boxes", "scores", "max", "iou", "threshold"})
                .session("chosen", 2);
        requireEqual();
    }

    private void fill(SplittableRandom random, boolean uniform, boolean noise) {
        int objects = 40;
        float[] object = new float[4 * objects];
        for (int o = 0; o < objects; o++) {
            object[4 * o] = random.nextInt(600);
            object[4 * o + 1] = random.nextInt(600);
            object[4 * o + 2] = 20 + random.nextInt(200);
            object[4 * o + 3] = 20 + random.nextInt(200);
        }
        for (int i = 0; i < BOXES; i++) {
            boolean seen = !uniform && i % 21 == 0;
            int o = random.nextInt(objects);
            float w = seen ? object[4 * o + 2] * jitter(random) : 4 + random.nextInt(200);
            float h = seen ? object[4 * o + 3] * jitter(random) : 4 + random.nextInt(200);
            float x = seen ? object[4 * o] + w * (jitter(random) - 1) : (float) random.nextDouble() * 640;
            float y = seen ? object[4 * o + 1] + h * (jitter(random) - 1) : (float) random.nextDouble() * 640;
            System.arraycopy(new float[] {x, y, x + w, y + h}, 0, boxes, 4 * i, 4);
            for (int c = 0; c < CLASSES; c++) {
                double chance = random.nextDouble();
                double score = uniform ? chance : noise ? .02 * Math.pow(chance, 12) : 1e-4 * chance;
                scores[c * BOXES + i] = (float) score;
            }
            if (seen) {
                scores[o % CLASSES * BOXES + i] = (float) (.05 + .9 * random.nextDouble());
            }
        }
    }

    private static float jitter(SplittableRandom random) {
        return (float) (.85 + .3 * random.nextDouble());
    }

    private static OnnxTensor tensor(float[] values, long... shape) throws OrtException {
        FloatBuffer direct = ByteBuffer.allocateDirect(4 * values.length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .put(values)
                .flip();
        return OnnxTensor.createTensor(OrtStart.environment(), direct, shape);
    }

    /** The peers must agree on the answer before their times are compared. */
    private void requireEqual() throws OrtException {
        LongBuffer expected = onnxRuntime();
        Detections ours = menagerie();
        if (3 * ours.size() != expected.remaining()) {
            throw new IllegalStateException(
                    "%d boxes; ONNX Runtime has %d".formatted(ours.size(), expected.remaining() / 3));
        }
        for (int i = 0; i < ours.size(); i++) {
            if (expected.get(3 * i + 1) != ours.classes()[i] || expected.get(3 * i + 2) != ours.boxes()[i]) {
                throw new IllegalStateException("Box %d differs from ONNX Runtime's".formatted(i));
            }
        }
    }

    @Benchmark
    public Detections menagerie() {
        return nms.perClass(boxes, scores, CLASSES);
    }

    @Benchmark
    public LongBuffer onnxRuntime() throws OrtException {
        try (var result = session.run(inputs)) {
            return ((OnnxTensor) result.get(0)).getLongBuffer();
        }
    }

    /** DJL's NMS called as its YOLO translators call it: boxes above the threshold, class by class. */
    @Benchmark
    public int djl() {
        int chosen = 0;
        for (int c = 0; c < CLASSES; c++) {
            List<Rectangle> classBoxes = new ArrayList<>();
            List<Double> classScores = new ArrayList<>();
            for (int i = 0; i < BOXES; i++) {
                float score = scores[c * BOXES + i];
                if (score > nms.scoreThreshold()) {
                    classBoxes.add(rectangles.get(i));
                    classScores.add((double) score);
                }
            }
            chosen += Rectangle.nms(classBoxes, classScores, IOU).size();
        }
        return chosen;
    }
}

package org.menagerie.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.menagerie.decoding.Alignment;
import org.menagerie.decoding.Grid;
import org.menagerie.decoding.Upsampling;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Labels of 512×512 pixels from logits of 21×128×128: our fused arg-max on one thread, Resize + ArgMax in ONNX Runtime on two. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class UpsamplingBenchmark {
    private static final int CHANNELS = 21;
    private static final int FROM = 128;
    private static final int TO = 512;

    private final Upsampling upsampling = Upsampling.to(TO, TO, Alignment.HALF_PIXEL);
    private Grid logits = new Grid(new float[1], 1, 1, 1);
    private Map<String, OnnxTensor> inputs = Map.of();
    private OrtSession session;

    @SuppressWarnings("NullAway.Init")
    public UpsamplingBenchmark() {}

    @Setup(Level.Trial)
    public void prepare() throws OrtException {
        var random = new SplittableRandom(3);
        float[] values = new float[CHANNELS * FROM * FROM];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        logits = new Grid(values, CHANNELS, FROM, FROM);
        var direct = ByteBuffer.allocateDirect(4 * values.length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .put(values)
                .flip();
        inputs = Map.of(
                "logits",
                OnnxTensor.createTensor(OrtStart.environment(), direct, new long[] {1, CHANNELS, FROM, FROM}));
        session = new OrtGraph()
                .input("logits", 1, CHANNELS, FROM, FROM)
                .constant("sizes", 1L, CHANNELS, TO, TO)
                .node(
                        "Resize",
                        "resized",
                        new String[] {"logits", "", "", "sizes"},
                        OrtGraph.attribute("mode", "linear"),
                        OrtGraph.attribute("coordinate_transformation_mode", "half_pixel"))
                .node(
                        "ArgMax",
                        "labels",
                        new String[] {"resized"},
                        OrtGraph.attribute("axis", 1),
                        OrtGraph.attribute("keepdims", 0))
                .session("labels", 2);
        requireEqual();
    }

    /** But for rounding where two channels cross, the peers must agree before their times are compared. */
    private void requireEqual() throws OrtException {
        LongBuffer expected = onnxRuntime();
        int[] labels = menagerie();
        int different = 0;
        for (int i = 0; i < labels.length; i++) {
            different += labels[i] == expected.get(i) ? 0 : 1;
        }
        if (different > labels.length / 10_000) {
            throw new IllegalStateException("%d labels differ from ONNX Runtime's".formatted(different));
        }
    }

    @Benchmark
    public int[] menagerie() {
        return upsampling.argMax(logits);
    }

    @Benchmark
    public LongBuffer onnxRuntime() throws OrtException {
        try (var result = session.run(inputs)) {
            return ((OnnxTensor) result.get(0)).getLongBuffer();
        }
    }
}

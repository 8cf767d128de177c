package org.menagerie.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Graph;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.PinnedTensor;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;

/**
 * Gathers training steps and runs several at once; fewer than a full block run one by one. Either way the bits are the
 * same. For one thread at a time.
 */
public final class StepBlocks implements Steps {
    private final StepGraph training;
    private final StepRunner runner;
    private final int count;
    private final Graph graph;
    private final SessionOptions options;
    private @Nullable OnnxSession session;
    private final Map<String, PinnedTensor> stacked = new LinkedHashMap<>();
    private final Map<String, PinnedTensor> metrics = new LinkedHashMap<>();
    private final List<Planned> planned = new ArrayList<>();
    private final List<Done> done = new ArrayList<>();

    private record Planned(long step, double learningRate) {}

    /**
     * @param runner holds parameters and state, and stays the caller's
     * @param count steps a run, at least 1
     */
    public StepBlocks(StepGraph training, StepRunner runner, int count, SessionOptions options) {
        this.training = training;
        this.runner = runner;
        this.count = count;
        this.graph = count == 1 ? training.graph() : RepeatedStep.of(training, count);
        this.options = options;
    }

    /** Loaded when the first block comes together. */
    private OnnxSession session() {
        if (session == null) {
            session = OnnxSession.open(OnnxWriter.toBytesWithParametersAsInputs(graph), options);
        }
        return session;
    }

    @Override
    public void add(long step, double learningRate, Map<String, Tensor> batch) {
        if (count == 1) {
            done.add(new Done(step, learningRate, runner.step(step, learningRate, batch)));
            return;
        }
        runner.inputs(step, batch).forEach(this::put);
        training.scalars()
                .at(step, learningRate)
                .forEach((name, value) -> put(name, Tensor.scalar(value.floatValue())));
        planned.add(new Planned(step, learningRate));
        if (planned.size() == count) {
            runBlock();
        }
    }

    @Override
    public List<Done> done() {
        List<Done> finished = List.copyOf(done);
        done.clear();
        return finished;
    }

    @Override
    public List<Done> flush() {
        for (int i = 0; i < planned.size(); i++) {
            Map<String, Tensor> batch = new HashMap<>();
            for (Map.Entry<String, PinnedTensor> entry : stacked.entrySet()) {
                batch.put(entry.getKey(), slice(entry.getValue().tensor(), i));
            }
            Planned step = planned.get(i);
            done.add(new Done(step.step(), step.learningRate(), runner.step(step.step(), step.learningRate(), batch)));
        }
        planned.clear();
        return done();
    }

    @Override
    public Map<String, Tensor> state() {
        return runner.state();
    }

    private void put(String name, Tensor tensor) {
        int bytes = Math.max(1, tensor.bytes().capacity());
        if ((long) count * bytes > Integer.MAX_VALUE) {
            throw new InvalidInputException(
                    "stepsPerRun is at most %,d here, since input '%s' takes %,d bytes per step; found %,d"
                            .formatted(Integer.MAX_VALUE / bytes, name, bytes, count));
        }
        Tensor stack = stacked.computeIfAbsent(
                        name, key -> session().pin(Tensor.allocate(tensor.elementType(), stack(tensor.shape()))))
                .tensor();
        Tensor slice = slice(stack, planned.size());
        if (!slice.shape().equals(tensor.shape())) {
            throw new IllegalArgumentException(
                    "Steps of one block need batches of one shape; '%s' is %s after %s".formatted(name, tensor, slice));
        }
        slice.bytes().put(tensor.bytes());
    }

    private Shape stack(Shape shape) {
        long[] dims = new long[shape.rank() + 1];
        dims[0] = count;
        System.arraycopy(shape.dims(), 0, dims, 1, shape.rank());
        return new Shape(dims);
    }

    private static Tensor slice(Tensor stack, int index) {
        long[] dims = stack.shape().dims();
        int bytes = stack.bytes().capacity() / (int) dims[0];
        Shape shape = new Shape(java.util.Arrays.copyOfRange(dims, 1, dims.length));
        return Tensor.wrap(stack.elementType(), shape, stack.bytes().slice(index * bytes, bytes));
    }

    private void runBlock() {
        for (String name : training.metrics()) {
            metrics.computeIfAbsent(name, key -> session().pin(Tensor.allocate(ElementType.FLOAT32, count)));
        }
        runner.run(session(), graph, stacked, metrics);
        for (int i = 0; i < count; i++) {
            Map<String, Double> values = new LinkedHashMap<>();
            for (Map.Entry<String, PinnedTensor> metric : metrics.entrySet()) {
                values.put(metric.getKey(), (double)
                        metric.getValue().tensor().floats().get(i));
            }
            Planned step = planned.get(i);
            done.add(new Done(step.step(), step.learningRate(), values));
        }
        planned.clear();
    }

    @Override
    public void close() {
        stacked.values().forEach(PinnedTensor::close);
        metrics.values().forEach(PinnedTensor::close);
        if (session != null) {
            session.close();
        }
    }
}

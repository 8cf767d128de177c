package org.menagerie.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.menagerie.spi.Tensor;

/** A training step in PyTorch through DJL: parameters stay in PyTorch, so does the batch; Adam is DJL's. */
final class TorchStep implements AutoCloseable {
    private final NDManager manager;
    private final Workload workload;
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();
    private final Map<String, NDArray> batch = new LinkedHashMap<>();
    private final Predicate<String> trains;
    private final Optimizer adam = Optimizer.adam()
            .optLearningRateTracker(Tracker.fixed((float) TrainingBenchmark.LEARNING_RATE))
            .build();

    TorchStep(Workload workload, Map<String, Tensor> weights, Predicate<String> trains) {
        this.workload = workload;
        this.trains = trains;
        manager = Engine.getEngine("PyTorch").newBaseManager();
        weights.forEach((name, tensor) -> {
            NDArray array = array(tensor);
            if (trains.test(name)) {
                array.setRequiresGradient(true);
            }
            parameters.put(name, array);
        });
        workload.batch().forEach((name, tensor) -> batch.put(name, array(tensor)));
    }

    private NDArray array(Tensor tensor) {
        Shape shape = new Shape(tensor.shape().dims());
        return switch (tensor.elementType()) {
            case FLOAT32 -> manager.create(tensor.floats(), shape, DataType.FLOAT32);
            case INT32 -> manager.create(tensor.toIntArray(), shape);
            default -> manager.create(tensor.toLongArray(), shape);
        };
    }

    /** One step with Adam. */
    float step() {
        float loss = backward(workload.peer());
        parameters.forEach((name, array) -> {
            if (trains.test(name)) {
                try (NDArray gradient = array.getGradient()) {
                    adam.update(name, array, gradient);
                }
            }
        });
        return loss;
    }

    /** Forward and backward alone; gradients are set to zero as cheaply as DJL's PyTorch engine can. */
    float backward(Workload.TorchLoss network) {
        parameters.forEach((name, array) -> {
            if (trains.test(name) && array instanceof PtNDArray tensor && array.hasGradient()) {
                JniUtils.zeroGrad(tensor);
            }
        });
        try (NDManager step = manager.newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            Map<String, NDArray> inputs = new LinkedHashMap<>();
            batch.forEach((name, array) -> {
                NDArray input = array.duplicate();
                input.attach(step);
                inputs.put(name, input);
            });
            NDArray loss = network.of(parameters, inputs);
            collector.backward(loss);
            return loss.getFloat();
        }
    }

    /** The gradients of the last step. */
    Map<String, float[]> gradients() {
        Map<String, float[]> gradients = new LinkedHashMap<>();
        parameters.forEach((name, array) -> {
            if (trains.test(name)) {
                try (NDArray gradient = array.getGradient()) {
                    gradients.put(name, gradient.toFloatArray());
                }
            }
        });
        return gradients;
    }

    @Override
    public void close() {
        manager.close();
    }
}

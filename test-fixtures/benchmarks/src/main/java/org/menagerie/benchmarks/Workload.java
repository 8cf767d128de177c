package org.menagerie.benchmarks;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Objective;

/**
 * A network that both sides train: the same parameters by name, the same batch, the same loss.
 *
 * @param title for the report
 * @param objective the network and its loss as our graph
 * @param peer the same in PyTorch
 * @param batch the inputs of a step
 * @param checked the networks that are compared before; others than those that are timed where a ReLU stands: rounding
 *     alone moves a few elements to its other side, and that would hide errors
 */
record Workload(String title, Objective objective, TorchLoss peer, Map<String, Tensor> batch, Pair checked) {
    /** A network for both sides. */
    record Pair(Objective objective, TorchLoss peer) {}

    Workload(String title, Objective objective, TorchLoss peer, Map<String, Tensor> batch) {
        this(title, objective, peer, batch, new Pair(objective, peer));
    }

    /** A network with its loss in PyTorch's operators. */
    @FunctionalInterface
    interface TorchLoss {
        NDArray of(Map<String, NDArray> parameters, Map<String, NDArray> batch);
    }
}

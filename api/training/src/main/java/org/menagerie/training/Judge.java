package org.menagerie.training;

import java.util.Map;
import org.menagerie.spi.Tensor;

/** Says which epoch of a training is the best: the one whose weights are kept. */
public interface Judge {
    /** Compares epochs by the {@code accuracy} that the graph reports on the validation part, or by its loss if it reports none. */
    Judge BY_GRAPH = new Judge() {
        @Override
        public Map<String, Double> figures(Map<String, Tensor> weights) {
            return Map.of();
        }

        @Override
        public boolean better(Map<String, Double> now, Map<String, Double> before) {
            Double accuracy = now.get("accuracy");
            return accuracy != null
                    ? accuracy > before.getOrDefault("accuracy", Double.NEGATIVE_INFINITY)
                    : now.getOrDefault(StepGraph.LOSS, Double.NaN)
                            < before.getOrDefault(StepGraph.LOSS, Double.POSITIVE_INFINITY);
        }
    };

    /**
     * Figures of the validation part beside those that the graph reports; the same weights must give the same figures, so that a
     * resumed training chooses as one that was not interrupted.
     *
     * @param weights of the network, by parameter name
     */
    Map<String, Double> figures(Map<String, Tensor> weights);

    /**
     * Whether an epoch is better than an earlier one.
     *
     * @param now all figures of the validation part
     * @param before those of the earlier epoch
     */
    boolean better(Map<String, Double> now, Map<String, Double> before);
}

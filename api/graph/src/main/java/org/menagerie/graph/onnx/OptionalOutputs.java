package org.menagerie.graph.onnx;

import java.util.Set;

/** The operators that need not give all their outputs: the others crash or fail where one has no name. */
final class OptionalOutputs {
    private static final Set<String> RECURRENT = Set.of("RNN", "GRU", "LSTM");
    private static final Set<String> AFTER_THE_FIRST =
            Set.of("Dropout", "LayerNormalization", "MaxPool", "SkipLayerNormalization", "SoftmaxCrossEntropyLoss");

    private OptionalOutputs() {}

    /** Whether a node may leave an output out. */
    static boolean has(String op, int output) {
        return RECURRENT.contains(op) || (output > 0 && AFTER_THE_FIRST.contains(op));
    }
}

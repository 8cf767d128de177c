package org.menagerie.graph.layer;

/**
 * The settings of a Transformer's block.
 *
 * @param heads of attention; they divide the width
 * @param inner elements between the two layers after attention
 * @param dropout the probability with which weights of attention, inner elements and elements of each part's output become
 *     zero in training
 * @param normFirst whether each part is normalised before it (Xiong 2020) or, as in the paper, after the sum
 * @param activation between the two layers
 * @param epsilon added to variances before their root
 * @param names where the parameters are
 * @param weights how matrices start; biases start with zeros
 */
public record TransformerBlock(
        int heads,
        int inner,
        double dropout,
        boolean normFirst,
        Activation activation,
        double epsilon,
        BlockNames names,
        Initializer weights) {
    /** What stands between the two layers. */
    public enum Activation {
        RELU,
        GELU,
        /** GELU by a hyperbolic tangent, as GPT-2 has it. */
        GELU_TANH
    }

    public TransformerBlock {
        if (heads < 1 || inner < 1) {
            throw new IllegalArgumentException(
                    "A block needs a head and an inner element; found %d and %d".formatted(heads, inner));
        }
    }

    /** The paper's: normalised after each sum, ReLU; PyTorch's names, and how {@code nn.Transformer} starts. */
    public static TransformerBlock of(int heads, int inner) {
        return new TransformerBlock(
                heads, inner, 0, false, Activation.RELU, 1e-5, BlockNames.TORCH, Initializers.xavierUniform());
    }

    public TransformerBlock dropout(double probability) {
        return new TransformerBlock(heads, inner, probability, normFirst, activation, epsilon, names, weights);
    }

    public TransformerBlock normFirst(boolean before) {
        return new TransformerBlock(heads, inner, dropout, before, activation, epsilon, names, weights);
    }

    public TransformerBlock activation(Activation other) {
        return new TransformerBlock(heads, inner, dropout, normFirst, other, epsilon, names, weights);
    }

    public TransformerBlock epsilon(double added) {
        return new TransformerBlock(heads, inner, dropout, normFirst, activation, added, names, weights);
    }

    public TransformerBlock names(BlockNames other) {
        return new TransformerBlock(heads, inner, dropout, normFirst, activation, epsilon, other, weights);
    }

    public TransformerBlock weights(Initializer other) {
        return new TransformerBlock(heads, inner, dropout, normFirst, activation, epsilon, names, other);
    }
}

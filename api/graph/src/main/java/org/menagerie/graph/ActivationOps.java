package org.menagerie.graph;

/** Activation functions. */
public interface ActivationOps extends Emitter {
    default Value relu(Value x) {
        return op("Relu", x);
    }

    /** {@code x} where positive, else {@code alpha * x}. */
    default Value leakyRelu(Value x, double alpha) {
        return op("LeakyRelu", Attributes.of("alpha", alpha), x);
    }

    /** {@code x} where positive, else {@code slope * x} (He 2015). */
    default Value prelu(Value x, Value slope) {
        return op("PRelu", x, slope);
    }

    /** {@code x} where positive, else {@code alpha * (exp(x) - 1)} (Clevert 2016). */
    default Value elu(Value x, double alpha) {
        return op("Elu", Attributes.of("alpha", alpha), x);
    }

    /** The scaled ELU with the self-normalising constants (Klambauer 2017). */
    default Value selu(Value x) {
        return op("Selu", x);
    }

    /** {@code x * Phi(x)} with the exact normal distribution function (Hendrycks 2016). */
    default Value gelu(Value x) {
        Value halfErf =
                op("Mul", op("Erf", op("Mul", x, scalar(x.element(), Math.sqrt(0.5)))), scalar(x.element(), 0.5));
        return op("Mul", x, op("Add", halfErf, scalar(x.element(), 0.5)));
    }

    default Value sigmoid(Value x) {
        return op("Sigmoid", x);
    }

    /** {@code clip(alpha * x + beta, 0, 1)}. */
    default Value hardSigmoid(Value x, double alpha, double beta) {
        return op("HardSigmoid", Attributes.of("alpha", alpha).with("beta", beta), x);
    }

    /** {@code x * clip(x / 6 + 1/2, 0, 1)} (Howard 2019). */
    default Value hardSwish(Value x) {
        return op("HardSwish", x);
    }

    /** {@code x * sigmoid(x)}, also called swish. */
    default Value silu(Value x) {
        return op("Mul", x, sigmoid(x));
    }

    default Value tanh(Value x) {
        return op("Tanh", x);
    }

    /** {@code log(1 + exp(x))}. */
    default Value softplus(Value x) {
        return op("Softplus", x);
    }

    /** {@code x / (1 + |x|)}. */
    default Value softsign(Value x) {
        return op("Softsign", x);
    }

    default Value softmax(Value x, int axis) {
        return op("Softmax", Attributes.of("axis", axis), x);
    }

    default Value logSoftmax(Value x, int axis) {
        return op("LogSoftmax", Attributes.of("axis", axis), x);
    }
}

package org.menagerie.graph.layer;

import org.jspecify.annotations.Nullable;

/**
 * The settings of a recurrent layer.
 *
 * @param hidden elements of the state
 * @param layers how many stand on each other
 * @param bidirectional whether each layer also runs from the last step to the first
 * @param bias whether biases are added
 * @param dropout the probability with which an element between two layers becomes zero in training
 * @param start how parameters start
 */
public record Recurrent(int hidden, int layers, boolean bidirectional, boolean bias, double dropout, Start start) {
    /**
     * Initial values. Weights and biases are drawn gate by gate, so that an initializer sees the matrix {@code [hidden,
     * input]} of one gate: an orthogonal one makes each gate orthogonal.
     *
     * @param input of the weights that read the layer's input
     * @param recurrent of the weights that read the state
     * @param inputBias of the biases that are added to the input's product
     * @param recurrentBias of the biases that are added to the state's product, and so to the others
     * @param forgetBias what the two biases of an LSTM's forget gate start with together; null for as the others
     */
    public record Start(
            Initializer input,
            Initializer recurrent,
            Initializer inputBias,
            Initializer recurrentBias,
            @Nullable Double forgetBias) {}

    public Recurrent {
        if (hidden < 1 || layers < 1) {
            throw new IllegalArgumentException(
                    "A recurrent layer of %d elements, %d deep, is not possible".formatted(hidden, layers));
        }
    }

    /** One layer, forward, with biases; everything starts uniform on ±1/sqrt(size), as in PyTorch. */
    public static Recurrent hidden(int size) {
        Initializer uniform = size < 1 ? Initializers.zeros() : Initializers.fanInUniform(size);
        return new Recurrent(size, 1, false, true, 0, new Start(uniform, uniform, uniform, uniform, null));
    }

    public Recurrent layers(int count) {
        return new Recurrent(hidden, count, bidirectional, bias, dropout, start);
    }

    public Recurrent bothDirections() {
        return new Recurrent(hidden, layers, true, bias, dropout, start);
    }

    public Recurrent noBias() {
        return new Recurrent(hidden, layers, bidirectional, false, dropout, start);
    }

    public Recurrent dropout(double probability) {
        return new Recurrent(hidden, layers, bidirectional, bias, probability, start);
    }

    /** How the weights that read the layer's input start. */
    public Recurrent inputInit(Initializer other) {
        return starting(
                new Start(other, start.recurrent(), start.inputBias(), start.recurrentBias(), start.forgetBias()));
    }

    /** How the weights that read the state start, for example orthogonal (Saxe 2014). */
    public Recurrent recurrentInit(Initializer other) {
        return starting(new Start(start.input(), other, start.inputBias(), start.recurrentBias(), start.forgetBias()));
    }

    /** How the biases of the input start; those of the state, which are added to them, are then zero. */
    public Recurrent biasInit(Initializer other) {
        return starting(new Start(start.input(), start.recurrent(), other, Initializers.zeros(), start.forgetBias()));
    }

    /** What an LSTM's forget gate starts with, for example 1, so that cells remember (Jozefowicz 2015). */
    public Recurrent forgetBias(double value) {
        return starting(new Start(start.input(), start.recurrent(), start.inputBias(), start.recurrentBias(), value));
    }

    private Recurrent starting(Start other) {
        return new Recurrent(hidden, layers, bidirectional, bias, dropout, other);
    }

    public int directions() {
        return bidirectional ? 2 : 1;
    }
}

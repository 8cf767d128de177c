package org.menagerie.graph.layer;

/**
 * The settings of a recurrent layer.
 *
 * @param hidden elements of the state
 * @param layers how many stand on each other
 * @param bidirectional whether each layer also runs from the last step to the first
 * @param bias whether biases are added
 * @param dropout the probability with which an element between two layers becomes zero in training
 */
public record Recurrent(int hidden, int layers, boolean bidirectional, boolean bias, double dropout) {
    public Recurrent {
        if (hidden < 1 || layers < 1) {
            throw new IllegalArgumentException(
                    "A recurrent layer of %d elements, %d deep, is not possible".formatted(hidden, layers));
        }
    }

    /** One layer, forward, with biases. */
    public static Recurrent hidden(int size) {
        return new Recurrent(size, 1, false, true, 0);
    }

    public Recurrent layers(int count) {
        return new Recurrent(hidden, count, bidirectional, bias, dropout);
    }

    public Recurrent bothDirections() {
        return new Recurrent(hidden, layers, true, bias, dropout);
    }

    public Recurrent noBias() {
        return new Recurrent(hidden, layers, bidirectional, false, dropout);
    }

    public Recurrent dropout(double probability) {
        return new Recurrent(hidden, layers, bidirectional, bias, probability);
    }

    public int directions() {
        return bidirectional ? 2 : 1;
    }
}

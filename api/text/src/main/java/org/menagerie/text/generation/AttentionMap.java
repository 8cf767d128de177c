package org.menagerie.text.generation;

import java.util.List;

/**
 * What a decoder looked at while it wrote.
 *
 * @param inputs the input's parts, by column
 * @param outputs the tokens written, by row, the end token included
 * @param weights {@code [outputs][inputs]}, 0 to 1; the sum of a row is 1
 */
public record AttentionMap(List<String> inputs, List<String> outputs, float[][] weights) {
    public AttentionMap {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}

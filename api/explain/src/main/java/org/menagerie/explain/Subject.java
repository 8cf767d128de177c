package org.menagerie.explain;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * The input that is explained.
 *
 * @param attributed the name of the network's value whose parts are weighed: an input, or a value between such as an embedding
 * @param input that value
 * @param tensors the network's inputs by name
 * @param picture where a picture's pixels came from; null if the input is not a picture
 * @param plain a prepared picture of one colour, by its RGB; null if there is none
 */
record Subject(
        String attributed,
        Tensor input,
        Map<String, Tensor> tensors,
        Origin.@Nullable Image picture,
        @Nullable Function<Integer, Tensor> plain) {
    private static final int WHITE = 0xFFFFFF;

    Optional<Tensor> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    Tensor other(String name) {
        return find(name).orElseThrow(() -> new ZooException("The network's input '%s' was not given".formatted(name)));
    }

    Optional<PictureLayout> layout() {
        return PictureLayout.of(input.shape(), picture);
    }

    float[] baseline(Baseline kind) {
        if (kind == Baseline.ZERO || (kind == Baseline.BLACK && plain == null)) {
            return new float[input.size()];
        }
        if (plain == null) {
            throw new ZooException("A white baseline is for pictures that a model prepares; use zero");
        }
        return plain.apply(kind == Baseline.WHITE ? WHITE : 0).toFloatArray();
    }
}

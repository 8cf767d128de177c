package org.menagerie.graph;

import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Vectors that tell where in a sequence an element stands, for networks that would not know it otherwise. */
public interface PositionLayers extends Layers {
    /** The longest wavelength of {@link #sinusoidal}, over 2π. */
    double LONGEST_WAVE = 10_000;

    /** The positions 0, 1, … of a sequence {@code [N, T, ...]}, i64[T]. */
    default Value positions(Value sequence) {
        return op("Range", scalar(ElementType.INT64, 0), extent(sequence, 1), scalar(ElementType.INT64, 1));
    }

    /**
     * Sines at even and cosines at odd places of a vector, of wavelengths that grow from 2π to 20,000π (Vaswani 2017,
     * section 3.5). Positions of any size have one.
     *
     * @param positions i64, of any shape
     * @param width elements of a vector, an even number
     * @return f32 of the positions' shape and a last axis of {@code width}
     */
    default Value sinusoidal(Value positions, int width) {
        if (width < 2 || width % 2 != 0) {
            throw new GraphException("Sinusoidal positions need an even width from 2; found " + width);
        }
        float[] frequencies = new float[width / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = (float) Math.pow(LONGEST_WAVE, -2.0 * i / width);
        }
        Value numbers = unsqueeze(cast(positions, ElementType.FLOAT32), -1);
        Value angles = mul(numbers, constant(Tensor.of(frequencies, frequencies.length)));
        Value pairs = concat(-1, unsqueeze(sin(angles), -1), unsqueeze(cos(angles), -1));
        long[] dims = new long[positions.rank() + 1];
        dims[positions.rank()] = width;
        return reshape(pairs, dims);
    }

    /**
     * Appends each position's vector to the elements of a sequence, in place of adding it.
     *
     * @param sequence {@code [N, T, width]}
     * @param vectors {@code [T, more]} or {@code [N, T, more]}
     * @return {@code [N, T, width + more]}
     */
    default Value appended(Value sequence, Value vectors) {
        Value each = vectors.rank() == sequence.rank()
                ? vectors
                : add(vectors, mul(slice(sequence, 2, 0, 1), 0)); // for every example
        return concat(2, sequence, each);
    }
}

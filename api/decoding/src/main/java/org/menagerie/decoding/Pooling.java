package org.menagerie.decoding;

/** One vector for a sequence of vectors: how sentence encoders turn token states into an embedding. */
public enum Pooling {
    /** The mean over unmasked tokens; zero if all are masked. */
    MEAN,
    /** The first token's vector. */
    CLS,
    /** The highest of each component over unmasked tokens; zero if all are masked. */
    MAX;

    /**
     * Pools each sequence of a batch.
     *
     * @param states {@code [batch,tokens,size]}
     * @param mask {@code [batch,tokens]}, 0 where a token is padding
     * @return {@code [batch,size]}
     */
    public float[] pool(float[] states, long[] mask, int batch, int size) {
        if (batch < 1 || size < 1 || mask.length % batch != 0 || (long) mask.length * size != states.length) {
            throw new IllegalArgumentException(
                    "%d sequences with %,d mask entries of size %d need %,d numbers; %,d were given"
                            .formatted(batch, mask.length, size, (long) mask.length * size, states.length));
        }
        int tokens = mask.length / batch;
        float[] pooled = new float[batch * size];
        float[] vector = new float[size];
        float[] token = new float[size];
        for (int sequence = 0; sequence < batch; sequence++) {
            java.util.Arrays.fill(vector, 0);
            int seen = 0;
            for (int t = 0; t < tokens; t++) {
                if (this == CLS ? t == 0 : mask[sequence * tokens + t] != 0) {
                    System.arraycopy(states, (sequence * tokens + t) * size, token, 0, size);
                    if (seen++ == 0) {
                        System.arraycopy(token, 0, vector, 0, size);
                    } else if (this == MAX) {
                        raise(vector, token);
                    } else {
                        add(vector, token);
                    }
                }
            }
            float scale = this == MEAN && seen > 0 ? 1f / seen : 1;
            for (int i = 0; i < size; i++) {
                pooled[sequence * size + i] = vector[i] * scale;
            }
        }
        return pooled;
    }

    private static void raise(float[] highest, float[] values) {
        for (int i = 0; i < highest.length; i++) {
            highest[i] = Math.max(highest[i], values[i]);
        }
    }

    private static void add(float[] sum, float[] values) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += values[i];
        }
    }

    /** Scales each vector of {@code size} to length 1, in place; a zero vector stays. */
    public static void normalize(float[] vectors, int size) {
        if (size < 1 || vectors.length % size != 0) {
            throw new IllegalArgumentException("%,d numbers are no vectors of size %d".formatted(vectors.length, size));
        }
        for (int from = 0; from < vectors.length; from += size) {
            double squares = 0;
            for (int i = from; i < from + size; i++) {
                squares += (double) vectors[i] * vectors[i];
            }
            float scale = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
            for (int i = from; i < from + size; i++) {
                vectors[i] *= scale;
            }
        }
    }

    /** The cosine of the angle between two vectors of one size, -1 to 1; 0 if one is zero. */
    public static double cosine(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("Vectors of size %d and %d have no angle".formatted(a.length, b.length));
        }
        double dot = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            squaresA += (double) a[i] * a[i];
            squaresB += (double) b[i] * b[i];
        }
        return squaresA == 0 || squaresB == 0 ? 0 : dot / Math.sqrt(squaresA * squaresB);
    }
}

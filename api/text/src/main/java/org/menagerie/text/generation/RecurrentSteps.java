package org.menagerie.text.generation;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.menagerie.decoding.StepFunction;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Network;
import org.menagerie.spi.Network.TensorInfo;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;

/**
 * A recurrent decoder as a step function: {@code token i64[B]}, {@code state f32[B,K]}, {@code source i64[B]} and the
 * encoder's {@code memory} to {@code logits f32[B,V]}, {@code next_state} and, where it has one, {@code attention f32[B,S]}.
 *
 * <p>States lie in two buffers of rows that change places after each step; a row that stays where it is is not copied, and
 * nothing grows with the length of what was written. For one thread.
 */
final class RecurrentSteps implements StepFunction {
    /** Where one input of the search comes from: {@code draws} neighbours continue the same text. */
    record Source(Map<String, Tensor> encoded, int draws) {}

    private final Network network;
    private final Source source;
    private final boolean[] forbidden;
    private final boolean recordsAttention;
    private final int letters;
    private final int stateSize;
    private final Map<String, Tensor> inputs;
    private final Set<String> taken;
    private final LongBuffer tokenBuffer;
    private final LongBuffer sourceBuffer;
    private final Tensor token;
    private final Tensor sources;
    private final Tensor logitsBuffer;
    private final Tensor attentionBuffer;
    private final List<float[]> attention = new ArrayList<>();
    private Tensor state;
    private Tensor next;

    /**
     * Steps over several inputs.
     *
     * @param source what the encoder gave: {@code state}, {@code memory}, and whatever else the step network takes
     * @param rows the most hypotheses at once
     * @param forbidden by token: whether it is never written
     */
    RecurrentSteps(Network network, Source source, int rows, boolean[] forbidden, boolean recordsAttention) {
        this.network = network;
        this.source = source;
        this.forbidden = forbidden;
        this.recordsAttention = recordsAttention;
        Tensor first = TextGenerator.required(source.encoded(), "state");
        Tensor memory = TextGenerator.required(source.encoded(), "memory");
        this.letters = (int) memory.shape().dim(1);
        this.stateSize = (int) first.shape().dim(1);
        this.inputs = new HashMap<>(source.encoded());
        this.taken = network.inputs().stream().map(TensorInfo::name).collect(Collectors.toSet());
        this.token = Tensor.allocate(ElementType.INT64, rows);
        this.sources = Tensor.allocate(ElementType.INT64, rows);
        this.tokenBuffer = token.longs();
        this.sourceBuffer = sources.longs();
        this.logitsBuffer = Tensor.allocate(ElementType.FLOAT32, rows, forbidden.length);
        this.attentionBuffer = Tensor.allocate(ElementType.FLOAT32, recordsAttention ? rows : 0, letters);
        this.state = Tensor.allocate(ElementType.FLOAT32, rows, stateSize);
        this.next = Tensor.allocate(ElementType.FLOAT32, rows, stateSize);
        int starts = (int) first.shape().dim(0) * source.draws();
        for (int row = 0; row < starts; row++) {
            copyRow(first, row / source.draws(), state, row);
        }
    }

    @Override
    public int vocabulary() {
        return forbidden.length;
    }

    @Override
    public void step(int rows, int[] tokens, int[] rowInputs, float[] logits) {
        for (int row = 0; row < rows; row++) {
            tokenBuffer.put(row, tokens[row]);
            sourceBuffer.put(row, rowInputs[row] / source.draws());
        }
        inputs.put("token", first(token, rows));
        inputs.put("source", first(sources, rows));
        inputs.put("state", first(state, rows));
        inputs.keySet().retainAll(taken);
        Map<String, Tensor> outputs = new HashMap<>();
        outputs.put("logits", first(logitsBuffer, rows));
        outputs.put("next_state", first(next, rows));
        if (recordsAttention) {
            outputs.put("attention", first(attentionBuffer, rows));
        }
        network.run(inputs, outputs);
        logitsBuffer.floats().get(0, logits, 0, rows * forbidden.length);
        for (int i = 0; i < rows * forbidden.length; i++) {
            if (forbidden[i % forbidden.length]) {
                logits[i] = Float.NEGATIVE_INFINITY;
            }
        }
        if (recordsAttention) {
            float[] seen = new float[rows * letters];
            attentionBuffer.floats().get(0, seen);
            attention.add(seen);
        }
        Tensor written = next;
        next = state;
        state = written;
    }

    @Override
    public void copy(int from, int to) {
        copyRow(state, from, state, to);
    }

    private void copyRow(Tensor from, int row, Tensor to, int toRow) {
        int bytes = stateSize * Float.BYTES;
        to.bytes().put(toRow * bytes, from.bytes(), row * bytes, bytes);
    }

    /** The weights of a step that a row took, for the first letters. */
    float[] attention(int step, int row, int count) {
        float[] weights = new float[count];
        System.arraycopy(attention.get(step), row * letters, weights, 0, count);
        return weights;
    }

    /** The first rows of a tensor, in its memory. */
    private static Tensor first(Tensor whole, int rows) {
        long[] dims = whole.shape().dims();
        ByteBuffer bytes = whole.bytes();
        bytes.limit((int) (bytes.capacity() / dims[0] * rows));
        dims[0] = rows;
        return Tensor.wrap(whole.elementType(), new Shape(dims), bytes);
    }
}

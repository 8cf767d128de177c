package org.menagerie.text.generation;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.menagerie.decoding.StepFunction;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Network;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * A step network as a step function: {@link StepSignature} says what the network takes and gives.
 *
 * <p>States lie in banks that change places after each step; a row that stays where it is is not copied. Where a prompt has
 * been read, the first step is answered by what the prompt gave. For one thread.
 */
final class NetworkSteps implements StepFunction {
    /**
     * Where the inputs of a search come from.
     *
     * @param inputs how many were encoded
     * @param given what encoder and preprocessor gave, by name
     * @param prompts tokens that the rows of each input have read before the first step, all of one length; empty for a
     *     decoder that starts from its start token
     * @param draws how many neighbouring inputs of the search continue the same encoded input
     * @param lengths of each input's attention; null if all of it belongs to the input
     */
    record Source(
            int inputs,
            Map<String, Tensor> given,
            int[][] prompts,
            int draws,
            @Nullable Tensor lengths) {}

    private final DecoderNetworks networks;
    private final Source source;
    private final int vocabulary;
    private final boolean[] forbidden;
    private final boolean recordsAttention;
    private final Map<String, Tensor> constants = new HashMap<>();
    private final List<StateBank> states = new ArrayList<>();
    private final Tensor token;
    private final Tensor position;
    private final Tensor sources;
    private final Tensor logitsBuffer;
    private final LongBuffer tokens;
    private final LongBuffer positions;
    private final LongBuffer sourceNumbers;
    private final List<float[]> attention = new ArrayList<>();
    private Tensor attentionBuffer = Tensor.allocate(ElementType.FLOAT32, 0, 0);
    private int held;
    private float @Nullable [] promptLogits;

    /**
     * Steps over several inputs.
     *
     * @param rows the most hypotheses at once
     * @param forbidden by token: whether it is never written
     */
    NetworkSteps(DecoderNetworks networks, Source source, int rows, boolean[] forbidden, boolean recordsAttention) {
        this.networks = networks;
        this.source = source;
        this.vocabulary = forbidden.length;
        this.forbidden = forbidden;
        this.recordsAttention = recordsAttention;
        this.token = Tensor.allocate(ElementType.INT64, rows);
        this.position = Tensor.allocate(ElementType.INT64, rows);
        this.sources = Tensor.allocate(ElementType.INT64, rows);
        this.tokens = token.longs();
        this.positions = position.longs();
        this.sourceNumbers = sources.longs();
        this.logitsBuffer = Tensor.allocate(ElementType.FLOAT32, rows, vocabulary);
        StepSignature signature = networks.signature();
        signature.given().forEach(name -> constants.put(name, given(name)));
        Map<String, Tensor> first = new HashMap<>(source.given());
        boolean prompted = source.prompts().length > 0;
        if (prompted && networks.prompt() != null) {
            first.putAll(readPrompt(networks.prompt()));
        }
        for (Network.TensorInfo state : signature.states()) {
            states.add(new StateBank(state, rows, first.get(state.name())));
        }
        if (prompted && networks.prompt() == null) {
            readTokenByToken();
        }
        for (int row = source.inputs() * source.draws() - 1; row > 0 && source.draws() > 1; row--) {
            copy(row / source.draws(), row);
        }
    }

    private Tensor given(String name) {
        Tensor tensor = source.given().get(name);
        if (tensor == null) {
            throw new ZooException(
                    "The step network takes '%s', but neither the encoder nor the preprocessor gives it; they give %s"
                            .formatted(name, new TreeSet<>(source.given().keySet())));
        }
        return tensor;
    }

    /** Reads all prompts at once: {@code prompt i64[N,S]} to the logits after the last token, and the states. */
    private Map<String, Tensor> readPrompt(Network prompt) {
        int length = source.prompts()[0].length;
        Tensor read = Tensor.allocate(ElementType.INT64, source.inputs(), length);
        LongBuffer numbers = read.longs();
        for (int[] one : source.prompts()) {
            for (int number : one) {
                numbers.put(number);
            }
        }
        Map<String, Tensor> outputs = prompt.run(Map.of("prompt", read));
        Tensor logits = outputs.get("logits");
        if (logits == null || logits.size() != source.inputs() * vocabulary) {
            throw new ZooException("The network 'prompt' gives %s; expected logits f32[%d,%d]"
                    .formatted(outputs, source.inputs(), vocabulary));
        }
        promptLogits = logits.toFloatArray();
        held = length;
        return outputs;
    }

    private void readTokenByToken() {
        int length = source.prompts()[0].length;
        float[] logits = new float[source.inputs() * vocabulary];
        for (int at = 0; at < length; at++) {
            for (int row = 0; row < source.inputs(); row++) {
                tokens.put(row, source.prompts()[row][at]);
                sourceNumbers.put(row, row);
            }
            run(source.inputs(), false);
        }
        logitsBuffer.floats().get(0, logits);
        promptLogits = logits;
    }

    @Override
    public int vocabulary() {
        return vocabulary;
    }

    @Override
    public void step(int rows, int[] lastTokens, int[] inputs, float[] logits) {
        if (promptLogits != null) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(
                        promptLogits, inputs[row] / source.draws() * vocabulary, logits, row * vocabulary, vocabulary);
            }
            promptLogits = null;
            attention.add(new float[0]);
        } else {
            for (int row = 0; row < rows; row++) {
                tokens.put(row, lastTokens[row]);
                sourceNumbers.put(row, inputs[row] / source.draws());
            }
            run(rows, recordsAttention);
            logitsBuffer.floats().get(0, logits, 0, rows * vocabulary);
        }
        for (int i = 0; i < rows * vocabulary; i++) {
            if (forbidden[i % vocabulary]) {
                logits[i] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    /** Runs the network on the first rows and makes what it gives the states. */
    private void run(int rows, boolean attends) {
        Map<String, Tensor> inputs = new HashMap<>(constants);
        inputs.put("token", first(token, rows));
        if (networks.signature().position()) {
            for (int row = 0; row < rows; row++) {
                positions.put(row, held);
            }
            inputs.put("position", first(position, rows));
        }
        if (networks.signature().source()) {
            inputs.put("source", first(sources, rows));
        }
        states.forEach(state -> inputs.put(state.name(), state.read(rows)));
        boolean shapesKnown =
                states.stream().allMatch(StateBank::foretold) && !(attends && attentionBuffer.size() == 0);
        if (shapesKnown) {
            runInto(inputs, rows, attends);
        } else {
            runFirst(inputs, rows, attends);
        }
        held++;
    }

    private void runInto(Map<String, Tensor> inputs, int rows, boolean attends) {
        Map<String, Tensor> outputs = new HashMap<>();
        outputs.put("logits", first(logitsBuffer, rows));
        states.forEach(state -> outputs.put(StepSignature.NEXT + state.name(), state.next(rows)));
        if (attends) {
            outputs.put("attention", first(attentionBuffer, rows));
        }
        networks.step().run(inputs, outputs);
        states.forEach(StateBank::swap);
        if (attends) {
            record(first(attentionBuffer, rows));
        }
    }

    /** The first run lets the network choose the shapes, from which all later ones follow. */
    private void runFirst(Map<String, Tensor> inputs, int rows, boolean attends) {
        Map<String, Tensor> outputs = networks.step().run(inputs);
        logitsBuffer.bytes().put(required(outputs, "logits").bytes());
        states.forEach(state -> state.take(required(outputs, StepSignature.NEXT + state.name())));
        if (attends) {
            Tensor weights = required(outputs, "attention");
            attentionBuffer = Tensor.allocate(ElementType.FLOAT32, token.shape().dim(0), weights.size() / rows);
            record(weights);
        }
    }

    private void record(Tensor weights) {
        attention.add(weights.toFloatArray());
    }

    private static Tensor required(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new ZooException("The step network gave no '%s'; it gave %s".formatted(name, tensors.keySet()));
        }
        return tensor;
    }

    @Override
    public void copy(int from, int to) {
        states.forEach(state -> state.copy(from, to));
    }

    @Override
    public float[] attention(int step, int row, int input) {
        float[] all = attention.get(step);
        int width = attentionBuffer.size() / (int) attentionBuffer.shape().dim(0);
        int length = source.lengths() == null ? width : source.lengths().ints().get(input / source.draws());
        float[] weights = new float[length];
        if (all.length > 0) {
            System.arraycopy(all, row * width, weights, 0, length);
        }
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

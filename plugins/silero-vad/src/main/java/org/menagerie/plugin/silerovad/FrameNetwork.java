package org.menagerie.plugin.silerovad;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Network;
import org.menagerie.spi.Tensor;

/**
 * Silero's network over the frames of one sound: each run takes the state that the run before gave. For one thread.
 *
 * <p>Inputs are {@code input f32[1,576]} (64 samples of the frame before, then 512), {@code state f32[2,1,128]} and
 * {@code sr i64}; outputs are {@code output f32[1,1]} and {@code stateN}.
 */
final class FrameNetwork {
    static final int FRAME = 512;
    static final int CONTEXT = 64;

    private static final Tensor RATE = Tensor.scalar((long) SileroVad.RATE);

    private final Network network;
    private final Tensor frame = Tensor.allocate(ElementType.FLOAT32, 1, CONTEXT + FRAME);
    private final FloatBuffer samples = frame.floats();
    private final Map<String, Tensor> inputs = new HashMap<>();

    FrameNetwork(Network network) {
        this.network = network;
        inputs.put("input", frame);
        inputs.put("state", Tensor.allocate(ElementType.FLOAT32, 2, 1, 128));
        inputs.put("sr", RATE);
    }

    /** Where the next frame is written, context first. */
    FloatBuffer samples() {
        return samples;
    }

    /** The probability of speech in the frame. */
    float run() {
        Map<String, Tensor> outputs = network.run(inputs);
        inputs.put("state", Objects.requireNonNull(outputs.get("stateN"), "stateN"));
        return Objects.requireNonNull(outputs.get("output"), "output").floats().get(0);
    }
}

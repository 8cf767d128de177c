package org.menagerie.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.graph.layer.Recurrent;
import org.menagerie.spi.Tensor;

/** What layers start with, where they are told. */
final class LayerInitializersTest {
    private static final int HIDDEN = 8;

    private static Map<String, Tensor> initial(Consumer<GraphBuilder> layers) {
        GraphBuilder g = new GraphBuilder("layers", Mode.TRAINING);
        layers.accept(g);
        return Weights.initial(g.build().parameters(), 3);
    }

    private static float[] in(Map<String, Tensor> weights, String name) {
        return Golden.in(weights, name).toFloatArray();
    }

    @Test
    void biasesStartAsTheyAreTold() {
        Map<String, Tensor> weights = initial(g -> {
            Value x = g.input("x", "f32[N,6]");
            g.output("a", g.linear("fc", x, 4, Initializers.heNormal(), Initializers.constant(0.01)));
            g.output("b", g.linear("bare", x, 4, Initializers.ones(), null));
            Value image = g.input("image", "f32[N,3,9,9]");
            Conv conv = Conv.kernel(3)
                    .filters(5)
                    .biasInit(Initializers.constant(-2))
                    .pad(1);
            g.output("c", g.conv("conv", image, conv));
            g.output("d", g.convTranspose("up", image, conv.stride(2)));
        });
        assertThat(in(weights, "fc.bias")).containsOnly(0.01f).hasSize(4);
        assertThat(weights).doesNotContainKey("bare.bias");
        assertThat(in(weights, "conv.bias")).containsOnly(-2f).hasSize(5);
        assertThat(in(weights, "up.bias")).containsOnly(-2f).hasSize(5);
    }

    /** Rows of a gate are orthonormal, of each gate by itself; the forget gate is PyTorch's second. */
    @Test
    void recurrentLayersStartGateByGate() {
        Recurrent settings = Recurrent.hidden(HIDDEN)
                .layers(2)
                .bothDirections()
                .inputInit(Initializers.constant(0.5))
                .recurrentInit(Initializers.orthogonal(1))
                .biasInit(Initializers.constant(0.25))
                .forgetBias(1);
        Map<String, Tensor> weights = initial(g -> {
            Value x = g.input("x", "f32[T,N,5]");
            g.output("lstm", g.lstm("lstm", x, null, settings).sequence());
            g.output("gru", g.gru("gru", x, null, settings).sequence());
            g.output("rnn", g.rnn("rnn", x, null, settings).sequence());
        });
        for (String suffix : new String[] {"l0", "l1", "l0_reverse"}) {
            assertThat(in(weights, "lstm.weight_ih_" + suffix)).containsOnly(0.5f);
            orthogonal(in(weights, "lstm.weight_hh_" + suffix), 4);
            orthogonal(in(weights, "gru.weight_hh_" + suffix), 3);
            orthogonal(in(weights, "rnn.weight_hh_" + suffix), 1);
            float[] bias = in(weights, "lstm.bias_ih_" + suffix);
            assertThat(Arrays.copyOfRange(bias, HIDDEN, 2 * HIDDEN)).containsOnly(1f);
            assertThat(Arrays.copyOfRange(bias, 0, HIDDEN)).containsOnly(0.25f);
            assertThat(Arrays.copyOfRange(bias, 2 * HIDDEN, 4 * HIDDEN)).containsOnly(0.25f);
            assertThat(in(weights, "lstm.bias_hh_" + suffix)).containsOnly(0f);
            assertThat(in(weights, "gru.bias_ih_" + suffix)).containsOnly(0.25f);
        }
    }

    /** With only the forget gate's told, the other biases are as PyTorch's. */
    @Test
    void theForgetGateAloneCanBeTold() {
        Map<String, Tensor> weights = initial(g -> {
            Recurrent settings = Recurrent.hidden(HIDDEN).forgetBias(1);
            g.output(
                    "lstm",
                    g.lstm("lstm", g.input("x", "f32[T,N,5]"), null, settings).sequence());
        });
        float[] input = in(weights, "lstm.bias_ih_l0");
        float[] state = in(weights, "lstm.bias_hh_l0");
        for (int i = 0; i < 4 * HIDDEN; i++) {
            if (i / HIDDEN == 1) {
                assertThat(input[i] + state[i]).isEqualTo(1);
            } else {
                assertThat(Math.abs(input[i])).isPositive().isLessThan((float) (1 / Math.sqrt(HIDDEN)));
                assertThat(state[i]).isNotZero();
            }
        }
    }

    private static void orthogonal(float[] matrices, int gates) {
        assertThat(matrices).hasSize(gates * HIDDEN * HIDDEN);
        for (int gate = 0; gate < gates; gate++) {
            for (int a = 0; a < HIDDEN; a++) {
                for (int b = 0; b < HIDDEN; b++) {
                    double dot = 0;
                    for (int i = 0; i < HIDDEN; i++) {
                        dot += (double) matrices[(gate * HIDDEN + a) * HIDDEN + i]
                                * matrices[(gate * HIDDEN + b) * HIDDEN + i];
                    }
                    assertThat(dot).isCloseTo(a == b ? 1 : 0, within(1e-6));
                }
            }
        }
    }

    /** 400 × 900 numbers: their variance is 1/900 within a percent. */
    @Test
    void fanInNormalHasVarianceOneOverFanIn() {
        Map<String, Tensor> weights = initial(
                g -> g.output("y", g.linear("fc", g.input("x", "f32[N,900]"), 400, false, Initializers.fanInNormal())));
        double squares = 0;
        float[] values = in(weights, "fc.weight");
        for (float value : values) {
            squares += (double) value * value;
        }
        assertThat(squares / values.length * 900).isCloseTo(1, within(0.01));
    }
}

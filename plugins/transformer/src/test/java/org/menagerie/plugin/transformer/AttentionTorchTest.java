package org.menagerie.plugin.transformer;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.menagerie.contract.ReferenceStep;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Every variant of attention against {@code nn.MultiheadAttention}: output, and gradients of parameters and sequences. */
class AttentionTorchTest {
    /** Who looks at whom. */
    enum Variant {
        SELF,
        CAUSAL,
        PADDED,
        CAUSAL_PADDED,
        CROSS,
        CROSS_PADDED
    }

    record Config(Variant variant) {}

    /** One layer over sequences that are parameters, so that their gradients are compared too. */
    private static final class Layer implements Architecture<Config> {
        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public void build(GraphBuilder g, Config config) {
            Value lengths = g.input("lengths", "i32[N]");
            Value x = g.parameter("x", TensorType.of(ElementType.FLOAT32, 2, 3, 8), Initializers.zeros());
            Value memory = g.parameter("memory", TensorType.of(ElementType.FLOAT32, 2, 4, 8), Initializers.zeros());
            boolean cross = config.variant().name().startsWith("CROSS");
            Value seen = cross ? memory : x;
            Value mask = mask(g, config.variant(), lengths, x, seen);
            Value output =
                    g.multiHeadAttention("attention", x, seen, mask, 2, 0).output();
            g.output("logits", output);
        }

        private static @Nullable Value mask(GraphBuilder g, Variant variant, Value lengths, Value x, Value seen) {
            return switch (variant) {
                case SELF, CROSS -> null;
                case CAUSAL -> g.causalMask(x);
                case PADDED, CROSS_PADDED -> g.paddingMask(lengths, seen);
                case CAUSAL_PADDED -> g.add(g.causalMask(x), g.paddingMask(lengths, seen));
            };
        }

        /** The mean square, and a little of both sequences, so that each has a gradient in every variant. */
        @Override
        public Value loss(GraphBuilder g, Config config) {
            Value both = g.add(
                    g.mean(g.square(
                            Objects.requireNonNull(g.parameters().get("x")).value())),
                    g.mean(g.square(
                            Objects.requireNonNull(g.parameters().get("memory")).value())));
            return g.add(g.mean(g.square(g.output("logits"))), g.mul(both, 0.01));
        }
    }

    @ParameterizedTest
    @EnumSource
    void gradientsAreThoseOfPyTorch(Variant variant) throws IOException {
        Map<String, Tensor> batch = Map.of("lengths", Tensor.of(new int[] {3, 2}, 2));
        References.requireEqual(
                ReferenceStep.of(new Layer(), new Config(variant), batch),
                "attention-" + variant.name().toLowerCase(Locale.ROOT));
    }
}

package org.menagerie.plugin.alexnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.contract.ReferenceStep;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.spi.Tensor;

class AlexNetTest {
    /** torchvision's count, and that of the paper's layers. */
    @ParameterizedTest
    @CsvSource({"alexnet, 61100840", "alexnet-towers, 60965224"})
    void hasAsManyParametersAsThePublishedOne(String variant, long parameters) {
        assertThat(graph(variant).parameterCount()).isEqualTo(parameters);
    }

    @Test
    void namesParametersAsTorchvisionDoes() {
        assertThat(graph("alexnet").parameters().keySet())
                .containsExactly(
                        "features.0.weight",
                        "features.0.bias",
                        "features.3.weight",
                        "features.3.bias",
                        "features.6.weight",
                        "features.6.bias",
                        "features.8.weight",
                        "features.8.bias",
                        "features.10.weight",
                        "features.10.bias",
                        "classifier.1.weight",
                        "classifier.1.bias",
                        "classifier.4.weight",
                        "classifier.4.bias",
                        "classifier.6.weight",
                        "classifier.6.bias");
    }

    /** PyTorch's numbers for the layers of torchvision's class, narrow: reference_step.py of the contract's tests. */
    @Test
    void aStepInOneTowerEqualsPyTorchs() {
        step(false, 63, 1).requireEqual("""
                                loss 10.7219
                                logits -5.58753
                                features.0.weight 11.9637
                                features.0.bias -1.66616
                                features.3.weight 33.3548
                                features.3.bias -1.06875
                                features.6.weight -11.6487
                                features.6.bias 1.5815
                                features.8.weight 9.29855
                                features.8.bias -0.931638
                                features.10.weight -29.2334
                                features.10.bias 1.39568
                                classifier.1.weight 44.0752
                                classifier.1.bias -2.78783
                                classifier.4.weight 0.299596
                                classifier.4.bias 0.0413214
                                classifier.6.weight -2.72536
                                classifier.6.bias 0.649816
                                """);
    }

    /** The same with groups and PyTorch's LocalResponseNorm, for pictures bright enough to make it matter. */
    @Test
    void aStepInTwoTowersEqualsPyTorchs() {
        step(true, 100, 30).requireEqual("""
                                loss 200.731
                                logits 80.3881
                                features.0.weight 197.387
                                features.0.bias 0.1009
                                features.3.weight -128.241
                                features.3.bias -0.834933
                                features.6.weight -251.634
                                features.6.bias 1.54904
                                features.8.weight -74.8682
                                features.8.bias 1.39885
                                features.10.weight 231.161
                                features.10.bias -0.28773
                                classifier.1.weight 782.387
                                classifier.1.bias -1.53438
                                classifier.4.weight -7.77113
                                classifier.4.bias -0.0905036
                                classifier.6.weight -61.4549
                                classifier.6.bias 0.434706
                                """);
    }

    private static ReferenceStep step(boolean towers, int size, double brightness) {
        return ReferenceStep.of(
                new AlexNet(),
                new AlexNet.Config(List.of(4, 6, 8, 6, 4), 7, towers, 3, 2, size),
                Map.of(
                        "image", ReferenceStep.tensor(1000, brightness, 3, 2, size, size),
                        "label", Tensor.of(new long[] {2, 0, 1}, 3)));
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 100, 224, 300, 512})
    void picturesOfAnySizeFitTheSameWeights(int size) {
        GraphBuilder g = new GraphBuilder("alexnet", Mode.INFERENCE);
        new AlexNet().build(g, new AlexNet.Config(List.of(2, 2, 2, 2, 2), 3, false, 4, 1, size));
        assertThat(g.parameters().keySet()).contains("classifier.1.weight");
        assertThat(Objects.requireNonNull(g.parameters().get("classifier.1.weight"))
                        .value()
                        .type())
                .hasToString("f32[3,72]");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new AlexNet.Config(List.of(2, 2, 2, 2, 2), 3, false, 4, 1, 62))
                .hasMessageContaining("pictures of 63 pixels or more")
                .hasMessageEndingWith("found [2, 2, 2, 2, 2], 3, 4, 1 and 62");
        assertThatThrownBy(() -> new AlexNet.Config(List.of(2, 2, 3, 2, 2), 3, true, 4, 1, 63))
                .hasMessageContaining("five multiples of 2");
        assertThatThrownBy(() -> new AlexNet.Config(List.of(2, 2, 2, 2), 3, false, 4, 1, 63))
                .hasMessageContaining("five multiples of 1")
                .hasMessageContaining("found [2, 2, 2, 2]");
    }

    private static Graph graph(String variant) {
        AlexNet alexNet = new AlexNet();
        GraphBuilder g = new GraphBuilder(variant, Mode.INFERENCE);
        alexNet.build(g, Objects.requireNonNull(alexNet.variants().get(variant)));
        return g.build();
    }
}

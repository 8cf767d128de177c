package org.menagerie.plugin.vgg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.contract.ReferenceStep;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.spi.Tensor;

class VggTest {
    /** torchvision's counts; running statistics, which it does not count, are two more for each scale and shift. */
    @ParameterizedTest
    @CsvSource({
        "vgg11, 132863336",
        "vgg13, 133047848",
        "vgg16, 138357544",
        "vgg19, 143667240",
        "vgg11_bn, 132868840",
        "vgg13_bn, 133053736",
        "vgg16_bn, 138365992",
        "vgg19_bn, 143678248"
    })
    void hasAsManyParametersAsThePublishedOne(String variant, long parameters) {
        assertThat(graph(variant).parameterCount()).isEqualTo(parameters);
    }

    @Test
    void namesParametersAsTorchvisionDoes() {
        assertThat(graph("vgg11").parameters().keySet())
                .startsWith("features.0.weight", "features.0.bias", "features.3.weight", "features.3.bias")
                .contains("features.6.weight", "features.8.weight", "features.18.weight", "classifier.3.weight")
                .endsWith("classifier.6.weight", "classifier.6.bias");
        assertThat(graph("vgg16_bn").parameters().keySet())
                .startsWith("features.0.weight", "features.0.bias", "features.1.weight", "features.1.bias")
                .contains(
                        "features.1.running_mean",
                        "features.7.weight",
                        "features.40.weight",
                        "features.41.running_var");
    }

    /** PyTorch's numbers for torchvision's layers, narrow: reference_step.py of the contract's tests. */
    @Test
    void aStepEqualsPyTorchs() {
        step(false, 14).requireEqual("""
                                loss 5.75116
                                logits -1.98093
                                features.0.weight 2.97184
                                features.0.bias 0.232029
                                features.3.weight 14.6153
                                features.3.bias 1.00525
                                features.5.weight 12.3113
                                features.5.bias -1.24336
                                classifier.0.weight -0.357301
                                classifier.0.bias -2.33785
                                classifier.3.weight -4.86259
                                classifier.3.bias 0.252697
                                classifier.6.weight 2.88772
                                classifier.6.bias -0.289657
                                """);
    }

    /** The same with batch normalisation, and maps of 4×4 positions that are averaged to 3×3. */
    @Test
    void aStepWithBatchNormalisationEqualsPyTorchs() {
        step(true, 17).requireEqual("""
                                loss 2.12731
                                logits -3.41715
                                features.0.weight -0.940168
                                features.0.bias -7.57296e-08
                                features.1.weight -0.0700815
                                features.1.bias -0.0356181
                                features.4.weight -0.188219
                                features.4.bias -7.06185e-09
                                features.5.weight -0.109178
                                features.5.bias -0.262493
                                features.7.weight 0.192571
                                features.7.bias -2.78973e-08
                                features.8.weight -0.45516
                                features.8.bias -0.182604
                                classifier.0.weight 1.66856
                                classifier.0.bias -0.0695125
                                classifier.3.weight -2.79977
                                classifier.3.bias 0.401572
                                classifier.6.weight 0.666414
                                classifier.6.bias -0.0633017
                                """);
    }

    private static ReferenceStep step(boolean batchNorm, int size) {
        return ReferenceStep.of(
                new Vgg(),
                new Vgg.Config(List.of(1, 2), List.of(4, 6), batchNorm, 3, 7, 3, 2, size),
                Map.of(
                        "image", ReferenceStep.tensor(1000, 1, 3, 2, size, size),
                        "label", Tensor.of(new long[] {2, 0, 1}, 3)));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new Vgg.Config(List.of(1, 2), List.of(4, 6), true, 3, 7, 3, 1, 3))
                .hasMessageContaining("pictures of 4 pixels or more")
                .hasMessageEndingWith("found [[1, 2], [4, 6], 3, 7, 3, 1, 3]");
        assertThatThrownBy(() -> new Vgg.Config(List.of(), List.of(), true, 3, 7, 3, 1, 8))
                .hasMessageContaining("found [[], []");
        assertThatThrownBy(() -> new Vgg.Config(List.of(1), List.of(4, 6), true, 3, 7, 3, 1, 8))
                .hasMessageContaining("convolutions and filters for each stage")
                .hasMessageContaining("found [[1], [4, 6]");
    }

    private static Graph graph(String variant) {
        Vgg vgg = new Vgg();
        GraphBuilder g = new GraphBuilder(variant, Mode.INFERENCE);
        vgg.build(g, Objects.requireNonNull(vgg.variants().get(variant)));
        return g.build();
    }
}

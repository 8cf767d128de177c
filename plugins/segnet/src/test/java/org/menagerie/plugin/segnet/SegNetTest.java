package org.menagerie.plugin.segnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.contract.ReferenceStep;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.plugin.segnet.SegNet.Up;
import org.menagerie.spi.Tensor;

class SegNetTest {
    /** Of the papers' layers: twice the convolutions of VGG-16, and DeconvNet's two linear layers and their mirror. */
    @ParameterizedTest
    @CsvSource({"segnet, 29441996", "deconvnet, 251788949", "segnet-small, 485291", "bottleneck-small, 485179"})
    void hasAsManyParametersAsItsLayers(String variant, long parameters) {
        assertThat(graph(variant).parameterCount()).isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource({
        "segnet, 'f32[N,12,360,360]'",
        "deconvnet, 'f32[N,21,224,224]'",
        "segnet-small, 'f32[N,11,128,128]'",
        "bottleneck-small, 'f32[N,11,128,128]'"
    })
    void theMapIsAsLargeAsThePicture(String variant, String type) {
        assertThat(Objects.requireNonNull(graph(variant).outputs().get("logits"))
                        .type())
                .hasToString(type);
    }

    /** PyTorch's numbers: reference_step.py of the contract's tests. Maps of 11 and 5 leave a rest when halved. */
    @Test
    void aStepOfSegNetEqualsPyTorchs() {
        step(Up.UNPOOL, 0, 11).requireEqual("""
                                loss 1.12107
                                logits 14.2449
                                encoder0.1.conv.weight -0.0703356
                                encoder0.1.bn.weight -0.00802499
                                encoder0.1.bn.bias 0.00137832
                                encoder1.1.conv.weight -0.0495397
                                encoder1.1.bn.weight 0.01338
                                encoder1.1.bn.bias -0.0100305
                                encoder1.2.conv.weight -0.00997923
                                encoder1.2.bn.weight 0.000747087
                                encoder1.2.bn.bias 0.00122172
                                decoder1.1.conv.weight -0.0428287
                                decoder1.1.bn.weight -0.000843602
                                decoder1.1.bn.bias 0.00918053
                                decoder1.2.conv.weight 0.019253
                                decoder1.2.bn.weight -0.022974
                                decoder1.2.bn.bias -0.00163473
                                head.weight 0.0441214
                                head.bias -0.101669
                                """);
    }

    @Test
    void aStepOfDeconvNetEqualsPyTorchs() {
        step(Up.UNPOOL_TRANSPOSED, 5, 10).requireEqual("""
                                loss 1.21347
                                logits -1.34497
                                encoder0.1.conv.weight -0.645364
                                encoder0.1.bn.weight 0.21381
                                encoder0.1.bn.bias 0.0403848
                                encoder1.1.conv.weight 0.655569
                                encoder1.1.bn.weight 0.0732595
                                encoder1.1.bn.bias 0.129149
                                encoder1.2.conv.weight 0.263713
                                encoder1.2.bn.weight 0.00179062
                                encoder1.2.bn.bias 0.00974131
                                fc6.conv.weight -0.742391
                                fc6.bn.weight -0.0138799
                                fc6.bn.bias 0.017032
                                fc7.conv.weight -0.0409428
                                fc7.bn.weight -0.0501144
                                fc7.bn.bias -0.0315822
                                fc6-up.conv.weight -0.190803
                                fc6-up.bn.weight -0.0145153
                                fc6-up.bn.bias -0.0161559
                                decoder1.1.conv.weight -0.0468792
                                decoder1.1.bn.weight -0.0216517
                                decoder1.1.bn.bias -0.0285718
                                decoder1.2.conv.weight -0.0546994
                                decoder1.2.bn.weight -0.0218958
                                decoder1.2.bn.bias 0.00265353
                                decoder0.1.conv.weight -0.155079
                                decoder0.1.bn.weight -0.0667776
                                decoder0.1.bn.bias -0.0625276
                                head.weight -0.0725676
                                head.bias 0.0699277
                                """);
    }

    @Test
    void aStepOfThePlainBottleneckEqualsPyTorchs() {
        step(Up.STRIDE, 0, 8).requireEqual("""
                                loss 1.40171
                                logits -15.0392
                                encoder0.1.conv.weight -0.0713779
                                encoder0.1.bn.weight -0.00735164
                                encoder0.1.bn.bias -0.0387314
                                encoder1.1.conv.weight 0.272058
                                encoder1.1.bn.weight -0.0218302
                                encoder1.1.bn.bias 0.00481964
                                encoder1.2.conv.weight -0.0396262
                                encoder1.2.bn.weight -0.0313968
                                encoder1.2.bn.bias 0.0238409
                                decoder1.1.conv.weight -0.205186
                                decoder1.1.bn.weight -0.0206361
                                decoder1.1.bn.bias -0.0270952
                                decoder1.2.conv.weight 0.220575
                                decoder1.2.bn.weight -0.0638674
                                decoder1.2.bn.bias -0.0441291
                                decoder0.1.conv.weight -0.00566206
                                decoder0.1.bn.weight 0.128165
                                decoder0.1.bn.bias 0.0745533
                                head.weight -0.139438
                                head.bias -0.0226847
                                """);
    }

    private static ReferenceStep step(Up up, int bottleneck, int size) {
        long[] mask =
                LongStream.range(0, 3L * size * size).map(i -> i * 7 % 11 % 3).toArray();
        return ReferenceStep.of(
                new SegNet(),
                new SegNet.Config(List.of(1, 2), List.of(3, 4), up, bottleneck, 2, 1, size),
                Map.of(
                        "image", ReferenceStep.tensor(1000, 1, 3, 1, size, size),
                        "mask", Tensor.of(mask, 3, size, size)));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new SegNet.Config(List.of(1, 2), List.of(3, 4), Up.STRIDE, 0, 2, 1, 10))
                .hasMessageContaining("pictures of a multiple of 4 pixels")
                .hasMessageEndingWith("found [[1, 2], [3, 4], 0, 2, 1, 10]");
        assertThatThrownBy(() -> new SegNet.Config(List.of(1, 2), List.of(3, 4), Up.UNPOOL, 0, 2, 1, 3))
                .hasMessageContaining("pictures of at least 4 pixels");
        assertThatThrownBy(() -> new SegNet.Config(List.of(1), List.of(3, 4), Up.UNPOOL, 0, 2, 1, 8))
                .hasMessageContaining("found [[1], [3, 4]");
        assertThatThrownBy(() -> new SegNet.Config(List.of(1, 2), List.of(3, 4), Up.UNPOOL, -1, 0, 1, 8))
                .hasMessageContaining("-1, 0, 1, 8]");
    }

    private static Graph graph(String variant) {
        SegNet segNet = new SegNet();
        GraphBuilder g = new GraphBuilder(variant, Mode.INFERENCE);
        segNet.build(g, Objects.requireNonNull(segNet.variants().get(variant)));
        return g.build();
    }
}

package org.menagerie.plugin.resnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;

class ResNetTest {
    /** torchvision's counts, and the paper's table 6 for small pictures. */
    @ParameterizedTest
    @CsvSource({
        "18, 11689512",
        "34, 21797672",
        "50, 25557032",
        "101, 44549160",
        "152, 60192808",
        "20, 269722",
        "110, 1727962"
    })
    void hasAsManyParametersAsThePublishedOne(int depth, long parameters) {
        assertThat(graph("resnet" + depth).parameterCount()).isEqualTo(parameters);
    }

    @Test
    void namesParametersAsTorchvisionDoes() {
        assertThat(graph("resnet50").parameters().keySet())
                .startsWith("conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var")
                .contains("layer1.0.downsample.0.weight", "layer1.0.downsample.1.running_var", "layer4.2.conv3.weight")
                .endsWith("fc.weight", "fc.bias");
    }

    @Test
    void anotherDepthIsRefusedWithTheOnesThereAre() {
        assertThatThrownBy(() -> new ResNet.Config(19, 10, 3, 32))
                .hasMessageContaining("[18, 34, 50, 101, 152]")
                .hasMessageContaining("[20, 32, 44, 56, 110]")
                .hasMessageContaining("19");
    }

    private static Graph graph(String variant) {
        ResNet resNet = new ResNet();
        GraphBuilder g = new GraphBuilder(variant, Mode.INFERENCE);
        resNet.build(g, java.util.Objects.requireNonNull(resNet.variants().get(variant)));
        return g.build();
    }
}

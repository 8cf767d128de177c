package org.menagerie.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Tensor;
import org.menagerie.vision.ImageReader;

/** Good maps pass the checks; a map that depends on no weight is told as such. */
class TrustTest {
    private static final String RESNET = "resnet20-fashion-mnist";

    @TempDir
    Path folder = Path.of("");

    /** Covering any part of a bright boot on black changes what an untrained network answers as well, which is told. */
    @ParameterizedTest
    @ValueSource(strings = {"integrated-gradients", "occlusion", "grad-cam"})
    void whatGoodMapsPutFirstMatters(String method) throws IOException {
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withHome(folder));
                Explainer explainer = Explainer.of(zoo, RESNET)) {
            Object boot = new ImageReader().read(Fixtures.bytes("images/ankle-boot.png"), "boot");
            Attribution found =
                    explainer.explain(boot, Question.by(method).checked()).attribution();
            assertThat(figure(found, "deletion")).isLessThan(figure(found, "deletion-by-chance"));
            assertThat(figure(found, "insertion")).isGreaterThan(figure(found, "insertion-by-chance"));
            boolean alike = Math.abs(figure(found, "random-weights-correlation")) > 0.5;
            assertThat(alike).isEqualTo(method.equals("occlusion"));
            assertThat(found.remarks())
                    .anyMatch(remark -> remark.startsWith(
                            alike ? "Warning: with random weights" : "With random weights the map is another"));
        }
    }

    /** A map that is the picture itself is the same whatever the network has learned, and is told as such. */
    @Test
    void aMapThatLooksAtNoWeightIsFoundOut() throws IOException {
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withHome(folder))) {
            NetworkGraph network = NetworkGraph.of(zoo, "lenet-fashion-mnist", "model");
            float[] image = new float[28 * 28];
            for (int i = 0; i < image.length; i++) {
                image[i] = (float) Math.sin(i * 0.37);
            }
            Tensor picture = Tensor.of(image, 1, 1, 28, 28);
            Subject subject = new Subject("image", picture, Map.of("image", picture), null, null);
            Target target = Selection.one("logits", 9, "logits[9]");
            try (Probe probe = new Probe(network, subject, target, null, SessionOptions.defaults(), Progress.NONE)) {
                Attribution map = Attribution.signed(picture);
                Attribution checked = Trust.checked(map, probe, map);
                assertThat(figure(checked, "random-weights-correlation")).isCloseTo(1, within(1e-12));
                assertThat(checked.remarks()).anyMatch(remark -> remark.startsWith("Warning: with random weights"));
            }
        }
    }

    @Test
    void untrainedNetworksAnswerOtherwise() {
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withHome(folder))) {
            NetworkGraph network = NetworkGraph.of(zoo, RESNET, "model");
            NetworkGraph random = RandomWeights.of(network, 1);
            long changed = network.weights().entrySet().stream()
                    .filter(entry -> !Arrays.equals(
                            entry.getValue().toFloatArray(),
                            Objects.requireNonNull(random.weights().get(entry.getKey()))
                                    .toFloatArray()))
                    .count();
            assertThat(changed).isGreaterThan(network.weights().size() * 9L / 10);
            assertThat(RandomWeights.of(network, 1)
                            .weights()
                            .values()
                            .iterator()
                            .next()
                            .toFloatArray())
                    .containsExactly(random.weights().values().iterator().next().toFloatArray());
        }
    }

    /** The value is SciPy's. */
    @Test
    void equalValuesShareTheirRank() {
        assertThat(Trust.rankCorrelation(
                        new double[] {3, 1, 4, 1, 5, 9, 2, 6, 5, 3}, new double[] {2, 7, 1, 8, 2, 8, 1, 8, 2, 8}))
                .isCloseTo(0.13471506281091267, within(1e-12));
    }

    private static double figure(Attribution attribution, String name) {
        return Objects.requireNonNull(attribution.figures().get(name), name);
    }
}

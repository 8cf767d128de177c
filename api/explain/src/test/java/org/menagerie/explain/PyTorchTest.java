package org.menagerie.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.spi.Tensor;
import org.menagerie.vision.ImageReader;

/**
 * Attributions beside those that PyTorch 1.13 computes in double precision: the same networks, written again with its
 * operators, with the cards' weights. Of each attribution the reference keeps the sum, the largest size and 64 elements at equal
 * distances.
 */
class PyTorchTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "resnet20-fashion-mnist, images/ankle-boot.png",
        "unet-fashion-scenes, META-INF/menagerie/samples/fashion-scene.png"
    })
    void attributionsEqualPyTorchs(String model, String picture) throws IOException {
        JsonNode reference = new ObjectMapper().readTree(resource(model + ".json"));
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withHome(folder));
                Explainer explainer = Explainer.of(zoo, model)) {
            Object input = new ImageReader().read(bytes(picture), picture);
            for (Map.Entry<String, JsonNode> entry : reference.properties()) {
                if (!entry.getValue().has("values")) {
                    continue;
                }
                Question question = Question.by(entry.getKey());
                if (entry.getKey().equals("grad-cam")) {
                    question = question.at(reference.path("layer").asText());
                }
                Explanation found = explainer.explain(input, question);
                assertThat(found.score())
                        .as("%s", found.caption())
                        .isCloseTo(reference.path("score").asDouble(), within(1e-4));
                assertEqual(found.caption(), found.attribution().values(), entry.getValue());
            }
        }
    }

    private static byte[] bytes(String picture) throws IOException {
        return picture.startsWith("images/") ? Fixtures.bytes(picture) : resource("/" + picture);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = PyTorchTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    /** At some points of the path single precision takes the other side of a kink, which one of 50 gradients then shows. */
    private static double tolerance(String what) {
        return what.startsWith("integrated-gradients") ? 2e-4 : 1e-5;
    }

    private static void assertEqual(String what, Tensor found, JsonNode reference) {
        double largest = reference.path("max").asDouble();
        int size = found.size();
        assertThat(size).as(what).isEqualTo(reference.path("n").asInt());
        for (int i = 0; i < 64; i++) {
            float value = found.floats().get((int) ((long) i * (size - 1) / 63));
            assertThat((double) value)
                    .as("%s, element %d of 64", what, i)
                    .isCloseTo(
                            reference.path("values").get(i).asDouble(), within(tolerance(what) * Math.max(1, largest)));
        }
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += found.floats().get(i);
        }
        assertThat(sum)
                .as(what + ", sum")
                .isCloseTo(reference.path("sum").asDouble(), within(1e-4 * Math.max(1, largest) * Math.sqrt(size)));
    }
}

package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.modality.cv.Image;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.hub.Trace;
import org.menagerie.hub.TypedModel;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import org.menagerie.spi.Tensor;
import org.menagerie.vision.ImageReader;

/** {@code zoo verify --golden} on a card whose sample was spoilt at one stage after the other. */
class GoldenSamplesTest {
    private static final String MODEL = "lenet-fashion-mnist";
    private static final String OWN_SAMPLES = "\n {2}samples:[^\n]*(\n {3,}[^\n]*|\n {2}- [^\n]*)*";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder = Path.of("");

    private final ObjectNode sample = JSON.createObjectNode();

    /** What the model gives today. */
    @BeforeEach
    void record() {
        byte[] picture = Fixtures.bytes("images/ankle-boot.png");
        try (Zoo zoo = Zoo.open(ZooOptions.defaults()
                .withHome(folder.resolve("home"))
                .withOffline(true)
                .withDevice(Device.CPU))) {
            TypedModel<?, ?> model = zoo.load(MODEL);
            assertThat(model.input()).isEqualTo(Image.class);
            Image input = new ImageReader().read(picture, "ankle-boot.png");
            Trace trace = model.trace(input).orElseThrow();
            sample.put("input", "resource:org/menagerie/fixtures/images/ankle-boot.png");
            sample.set("answer", zoo.answers().view(input).json(trace.answer()));
            sample.set("prepared", summaries(trace.prepared()));
            sample.set("outputs", summaries(trace.outputs()));
        }
    }

    private static ObjectNode summaries(Map<String, Tensor> tensors) {
        ObjectNode summaries = JSON.createObjectNode();
        tensors.forEach((name, tensor) -> summaries.set(name, JSON.valueToTree(Trace.summary(tensor))));
        return summaries;
    }

    private Command verify() throws IOException, InterruptedException {
        Path cards = Files.createDirectories(folder.resolve("golden"));
        String card = Command.zoo("show", "--card", MODEL).out().replaceFirst(OWN_SAMPLES, "");
        Files.writeString(
                cards.resolve(MODEL + ".md"),
                card.replaceFirst("\n---\n", "\n  samples: [%s]\n---\n".formatted(sample)));
        ZooProcess zoo = new ZooProcess(folder.resolve("home"));
        Command pull = zoo.run("pull", "--catalog", cards.toString(), "golden/" + MODEL);
        assertThat(pull.exitCode()).as(pull.err()).isZero();
        return zoo.run("verify", "--golden", "--catalog", cards.toString(), "golden/" + MODEL);
    }

    private ObjectNode tensor(String stage, String name) {
        return (ObjectNode) sample.path(stage).path(name);
    }

    private static void shift(ObjectNode tensor, int index, double by) {
        ArrayNode values = (ArrayNode) tensor.path("values");
        values.set(index, DoubleNode.valueOf(values.path(index).doubleValue() + by));
    }

    private void drifts(String stage, String detail) throws IOException, InterruptedException {
        Command verify = verify();
        assertThat(verify.exitCode()).as(verify.err()).isEqualTo(4);
        assertThat(verify.out()).contains("DRIFTED");
        assertThat(verify.err())
                .contains("ankle-boot.png: " + stage + " drifted")
                .contains(detail);
        assertThat(verify.err()).doesNotContain("\tat ");
    }

    @Test
    void whatTheModelGivesIsFine() throws Exception {
        Command verify = verify();
        assertThat(verify.exitCode()).as(verify.err()).isZero();
        assertThat(verify.out()).contains("1 samples");
    }

    @Test
    void aSpoiltInputIsPreprocessing() throws Exception {
        shift(tensor("prepared", "image"), 3, 0.01);
        drifts("preprocessing", "tensor 'image'");
    }

    @Test
    void anotherSizeIsPreprocessing() throws Exception {
        ((ArrayNode) tensor("prepared", "image").path("shape")).set(3, 27);
        drifts("preprocessing", "27");
    }

    @Test
    void aSpoiltOutputIsTheNetwork() throws Exception {
        shift(tensor("outputs", "logits"), 5, 0.2);
        drifts("the network", "tensor 'logits'");
    }

    @Test
    void aSpoiltAnswerIsTheDecoder() throws Exception {
        sample.set("answer", JSON.readTree(sample.path("answer").toString().replace("Ankle boot", "Sandal")));
        drifts("the decoder", "Sandal");
    }
}

package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.weights.Sha256;

/** Cards whose network is an architecture with weights from a safetensors file. */
class WeightsCardTest {
    private static final String MODEL = "resnet20-fashion-mnist";

    @TempDir
    Path folder = Path.of("");

    private Path weights = Path.of("");

    @BeforeEach
    void exportWeights() {
        weights = folder.resolve("resnet20.safetensors");
        assertThat(Command.zoo("export", MODEL, "-o", weights.toString()).exitCode())
                .isZero();
    }

    /** The shipped card with the weights in place of the network. */
    private void writeCard(String name, String from, String to) throws IOException {
        String resource = "/META-INF/menagerie/cards/%s.md".formatted(MODEL);
        try (InputStream card = Objects.requireNonNull(WeightsCardTest.class.getResourceAsStream(resource))) {
            String text = new String(card.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("file: \\S+onnx", "file: resnet20.safetensors")
                    .replaceAll("size: \\d{3,}", "size: " + Files.size(weights))
                    .replaceAll("sha256: \\S+", "sha256: " + Sha256.of(weights))
                    .replaceAll("\"resource:\\S+onnx\"", "\"file:resnet20.safetensors\"")
                    .replaceAll(from, to);
            Files.writeString(folder.resolve(name + ".md"), text);
        }
    }

    @Test
    void answersAsTheNetworkThatTheWeightsAreFrom() throws IOException {
        writeCard("mine", "", "");
        String boot = Fixtures.copy("images/ankle-boot.png", folder).toString();
        Command shipped = Command.zoo("run", MODEL, boot);
        Command mine = Command.zoo("run", "--catalog", folder.toString(), "mine", boot);
        assertThat(mine.err()).isEmpty();
        assertThat(mine.out()).isEqualTo(shipped.out()).contains("Ankle boot");
    }

    @Test
    void saysWhatWeightsDoNotFit() throws IOException {
        writeCard("deeper", "depth: 20", "depth: 32");
        writeCard("strange", "name: resnet,", "name: resnext,");
        writeCard("bare", "  architecture: .*\n", "");
        String boot = Fixtures.copy("images/ankle-boot.png", folder).toString();
        assertThat(Command.zoo("run", "--catalog", folder.toString(), "deeper", boot)
                        .err())
                .contains("layer1.3.conv1.weight");
        assertThat(Command.zoo("run", "--catalog", folder.toString(), "strange", boot)
                        .err())
                .contains("architecture 'resnext', which no plugin brings", "lenet", "resnet");
        assertThat(Command.zoo("run", "--catalog", folder.toString(), "bare", boot)
                        .err())
                .contains("bare.md", "names no architecture");
    }
}

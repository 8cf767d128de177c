package org.menagerie.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.weights.Sha256;

/** Two processes with one home, and with two versions of a model under one name: neither ever gets the other's file. */
class TwoVersionsTest {
    @TempDir
    Path temp;

    @Test
    void neitherProcessGetsTheOthersFile() throws Exception {
        List<ChildJvm> processes = new ArrayList<>();
        for (int version = 1; version <= 2; version++) {
            // Folders of one name are catalogs of one name.
            Path cards = Files.createDirectories(temp.resolve("v" + version).resolve("cards"));
            byte[] network = Seeds.onnx();
            network = Arrays.copyOf(network, network.length + 100_000);
            network[network.length - 1] = (byte) version;
            publish(cards, network);
            processes.add(ChildJvm.start(
                    temp.resolve("log" + version),
                    Map.of(),
                    List.of("-Xmx300m"),
                    VersionsProcess.class,
                    List.of(
                            temp.resolve("home").toString(),
                            cards.toString(),
                            cards.resolve("net.bin").toString(),
                            Integer.toString(Length.of(3_000, 60_000)))));
        }
        for (ChildJvm process : processes) {
            assertThat(process.process().waitFor()).as(process.output()).isZero();
            System.out.println("two versions: " + process.output().strip());
            assertThat(process.output()).contains(" WRONG 0").doesNotContain("ASKED 0");
        }
    }

    private static void publish(Path cards, byte[] network) throws IOException {
        Files.write(cards.resolve("net.bin"), network);
        Files.writeString(cards.resolve("net.md"), """
                ---
                license: mit
                pipeline_tag: image-classification
                menagerie:
                  artifacts:
                    model: {file: net.bin, size: %d, sha256: "%s", sources: ["file:net.bin"]}
                  preprocessor: {name: image}
                  decoder: {name: classification}
                ---
                """.formatted(network.length, Sha256.of(network)));
    }
}

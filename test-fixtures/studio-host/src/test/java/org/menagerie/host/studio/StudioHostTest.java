package org.menagerie.host.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.Fixtures;

/** The program on the studio's page, compiled and run in a process of its own, on the small subset and for two epochs. */
class StudioHostTest {
    private static final Path README = Path.of("../../api/studio/README.md");

    private static final String PROGRAM = """
            import ai.djl.modality.Classifications;
            import ai.djl.modality.cv.Image;
            import java.nio.file.Path;
            import java.util.List;
            import java.util.Map;
            import org.menagerie.hub.*;
            import org.menagerie.studio.*;
            import org.menagerie.studio.metric.EvaluateOptions;
            import org.menagerie.vision.ImageReader;

            public class Program {
                public static void main(String[] arguments) throws Exception {
            %s
                }
            }
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    void tenLinesTrainPublishMeasureAndPredict() throws IOException, InterruptedException {
        Fixtures.copy("images/ankle-boot.png", folder);
        String data = "idx:" + Fixtures.copyFashionSubset(Files.createDirectories(folder.resolve("data")));
        String body = PageProgram.blocks(README).get(0);
        assertThat(body.lines().filter(line -> line.endsWith(";")).count()).isLessThanOrEqualTo(10);
        String small = body.replace("\"fashion-mnist\", \"epochs\", 5", "\"%s\", \"epochs\", 2".formatted(data));
        assertThat(small).isNotEqualTo(body);

        String output = new PageProgram(folder).run(PROGRAM.formatted(small));

        assertThat(output).contains("accuracy=");
        double accuracy = Double.parseDouble(output.replaceAll("(?s).*accuracy=([0-9.]+).*", "$1"));
        assertThat(accuracy).isGreaterThan(0.5);
        assertThat(output.lines().reduce("", (first, last) -> last)).contains("class");
        assertThat(folder.resolve("runs/lenet/lenet.md")).content().contains("Trained by Menagerie.");
    }
}

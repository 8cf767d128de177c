package org.menagerie.explain;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.vision.ImageReader;

/** The program of the README, compiled and run: the lines there are those between the marks here. */
class ReadmeTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder = Path.of("");

    @Test
    void theProgramOfTheReadmeRuns() throws IOException {
        Fixtures.copy("images/ankle-boot.png", folder);
        explain();
        BufferedImage figure = ImageIO.read(folder.resolve("why.png").toFile());
        assertThat(figure.getWidth()).isGreaterThan(500);
        String source = Files.readString(Path.of("src/test/java/org/menagerie/explain/ReadmeTest.java"));
        String marked = source.substring(source.lastIndexOf("// begin\n") + 9, source.lastIndexOf("// end"));
        Matcher readme = JAVA.matcher(Files.readString(Path.of("README.md")));
        assertThat(readme.find()).isTrue();
        assertThat(words(marked.replace("Zoo.open(ZooOptions.defaults().withHome(folder))", "Zoo.open()")
                        .replaceAll("folder\\.resolve\\((\"[^\"]+\")\\)(\\.toFile\\(\\))?", "Path.of($1)$2")))
                .isEqualTo(words(readme.group(1)));
    }

    private static String words(String code) {
        return code.replaceAll("\\s+", "");
    }

    private void explain() throws IOException {
        // begin
        Image boot = new ImageReader().read(folder.resolve("ankle-boot.png"));
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withHome(folder));
                Explainer explainer = Explainer.of(zoo, "resnet20-fashion-mnist")) {
            Explanation why = explainer.explain(boot, Question.by("grad-cam").about("Ankle boot"));
            File file = folder.resolve("why.png").toFile();
            ImageIO.write(why.picture().orElseThrow(), "png", file);
        }
        // end
    }
}

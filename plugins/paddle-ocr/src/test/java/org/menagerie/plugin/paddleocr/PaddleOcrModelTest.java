package org.menagerie.plugin.paddleocr;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.fixtures.Fetched;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import org.menagerie.spi.Model;
import org.menagerie.vision.ImageReader;
import org.menagerie.vision.RecognizedText;

/** Runs the published networks; skipped only if offline without them. */
class PaddleOcrModelTest {
    /** The picture's text without its spaces, which the recognizer mostly leaves out. */
    private static final List<String> MOBY_DICK = List.of(
            "Menmayseemdetestableasjoint",
            "stock-companiesandnations;knaves,",
            "fools,andmurdererstheremaybe;",
            "menmayhavemeanandmeagre",
            "faces;but,man,intheideal,isso",
            "nobleandsosparkling,suchagrand",
            "andglowingcreature,thatoverany",
            "ignominiousblemishinhimallhis",
            "fellowsshouldruntothrowtheir",
            "costliestrobes.");

    private static final ZooOptions OPTIONS = ZooOptions.defaults().withDevice(Device.CPU);

    @Test
    void readsAPageOfMobyDick() {
        try (Zoo zoo = Zoo.open(OPTIONS);
                Model<Image, RecognizedText> model = load(zoo, "pp-ocr")) {
            RecognizedText text = model.predict(picture("bw_text.png"));
            assertThat(withoutSpaces(text)).isEqualTo(MOBY_DICK);
            assertThat(text.lines()).allSatisfy(line -> assertThat(line.score()).isBetween(0.9, 1.0));
            assertThat(withoutSpaces(model.predict(picture("page.png"))))
                    .contains(
                            "Region-basedsegmentation",
                            "Letusfirstdeterminemarkersofthecoinsandthe",
                            "background.Thesemarkersarepixelsthatwecanlabel",
                            "unambiguouslyaseitherobjectorbackground.Here,",
                            "histogramofgreyvalues:");
            assertThat(model.predict(blank(1, 1)).lines()).isEmpty();
            assertThat(model.predict(blank(20_000, 10)).lines()).isEmpty();
        }
    }

    /** Text of 8 and more pixels: corners are whole pixels, as in PaddleOCR, or letters are misread. */
    @Test
    void readsTinyText() {
        try (Zoo zoo = Zoo.open(OPTIONS);
                Model<Image, RecognizedText> model = load(zoo, "pp-ocr")) {
            Image picture = new ImageReader().read(Fixtures.bytes("pictures/ocr-tiny8.png"), "ocr-tiny8.png");
            RecognizedText text = model.predict(picture);
            assertThat(withoutSpaces(text))
                    .containsExactly("Invoicenumber48213", "Totalamountdue:1,279.50EUR", "Pleasepaywithin14days");
            assertThat(text.lines())
                    .allSatisfy(line -> assertThat(line.corners()).allSatisfy(corner -> {
                        assertThat(corner.x())
                                .isEqualTo(Math.rint(corner.x()))
                                .isBetween(0.0, picture.getWidth() - 1.0);
                        assertThat(corner.y())
                                .isEqualTo(Math.rint(corner.y()))
                                .isBetween(0.0, picture.getHeight() - 1.0);
                    }));
            Image page = new ImageReader()
                    .read(Fixtures.bytes("pictures/page-rgb-nir-extrasamples0.tif"), "page-rgb-nir-extrasamples0.tif");
            assertThat(model.predict(page).lines()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void withOrientationReadsTurnedPages(int quarters, @TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("pp-ocr-turned.md"), card().replace("orientation: false", "orientation: true"));
        try (Zoo zoo = Zoo.open(OPTIONS.withCatalogs(List.of(folder)));
                Model<Image, RecognizedText> model = load(zoo, "pp-ocr-turned")) {
            List<String> read = withoutSpaces(model.predict(turned(picture("bw_text.png"), quarters)));
            // The detector parts lines that do not run level. Of ten lines that run upwards the classifier leaves two
            // upside down, and they are dropped. What is read must be parts of the text.
            int parts = read.stream()
                    .filter(part -> MOBY_DICK.stream().anyMatch(line -> line.contains(part)))
                    .mapToInt(String::length)
                    .sum();
            int all = MOBY_DICK.stream().mapToInt(String::length).sum();
            assertThat((double) parts / all).as("read %s", read).isGreaterThan(0.75);
        }
    }

    private static List<String> withoutSpaces(RecognizedText text) {
        return text.lines().stream().map(line -> line.text().replace(" ", "")).toList();
    }

    private static String card() throws IOException {
        try (@Nullable InputStream in = PaddleOcr.class.getResourceAsStream("/META-INF/menagerie/cards/pp-ocr.md")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Image picture(String name) {
        return new ImageReader().read(Fixtures.bytes("images/" + name), name);
    }

    private static Image blank(int width, int height) {
        return new BufferedImageFactory().fromImage(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB));
    }

    /** Turned clockwise by quarters. */
    private static Image turned(Image picture, int quarters) {
        BufferedImage image = (BufferedImage) picture.getWrappedImage();
        for (int quarter = 0; quarter < quarters; quarter++) {
            int width = image.getHeight();
            int height = image.getWidth();
            BufferedImage next = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    next.setRGB(image.getHeight() - 1 - y, x, image.getRGB(x, y));
                }
            }
            image = next;
        }
        return new BufferedImageFactory().fromImage(image);
    }

    private static Model<Image, RecognizedText> load(Zoo zoo, String name) {
        return Fetched.orSkip(() -> zoo.load(name, Image.class, RecognizedText.class));
    }
}

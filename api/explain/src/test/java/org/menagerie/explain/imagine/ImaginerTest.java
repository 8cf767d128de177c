package org.menagerie.explain.imagine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.explain.Progress;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Model;
import org.menagerie.vision.ImageReader;

/** Pictures are judged by the network itself, which is told nothing about where they come from. */
class ImaginerTest {
    private static final String LENET = "lenet-fashion-mnist";

    @TempDir
    Path folder = Path.of("");

    private Zoo zoo() {
        return Zoo.open(ZooOptions.defaults().withHome(folder));
    }

    @Test
    void theNetworkSeesInThePictureWhatWasAskedFor() {
        try (Zoo zoo = zoo();
                Imaginer imaginer = Imaginer.of(zoo, LENET);
                Model<Image, Classifications> lenet = zoo.load(LENET, Image.class, Classifications.class)) {
            for (String wanted : List.of("Trouser", "Sneaker", "Bag")) {
                Imagined made = imaginer.imagine(
                        Commission.of("activation-maximization:steps=60").about(wanted), Progress.NONE);
                Image picture = new BufferedImageFactory().fromImage(made.picture());
                Classifications seen = lenet.predict(picture);
                assertThat(seen.best().getClassName()).isEqualTo(wanted);
                assertThat(seen.best().getProbability()).as(wanted).isGreaterThan(0.9);
                assertThat(made.caption()).last().isEqualTo("Weights: the model's own, trained on fashion-mnist.");
            }
        }
    }

    @Test
    void aDreamHasMoreOfWhatTheLayerSees() throws IOException {
        Image boot = new ImageReader().read(Fixtures.bytes("images/ankle-boot.png"), "boot");
        try (Zoo zoo = zoo();
                Imaginer imaginer = Imaginer.of(zoo, LENET)) {
            Imagined dream = imaginer.imagine(
                    Commission.of("deep-dream:size=28,octaves=1,jitter=0,steps=10", boot), Progress.NONE);
            double[] energy = ends(dream.lines().get(1));
            assertThat(energy[1]).isGreaterThan(1.2 * energy[0]);
            assertThat(dream.picture().getWidth()).isEqualTo(28);
        }
    }

    /** A picture in its own style is what is wanted exactly, so that the least loss is 0; from noise, both optimizers come close to it. */
    @Test
    void bothOptimizersFindAPictureInItsOwnStyle() throws IOException {
        Image boot = new ImageReader().read(Fixtures.bytes("images/ankle-boot.png"), "boot");
        try (Zoo zoo = zoo();
                Imaginer imaginer = Imaginer.of(zoo, LENET)) {
            for (String optimizer : List.of("lbfgs", "adam")) {
                Imagined made = imaginer.imagine(
                        Commission.of(
                                "style-transfer:size=28,start=noise,styleWeight=1,steps=150,rate=.05,optimizer="
                                        + optimizer,
                                boot,
                                boot),
                        Progress.NONE);
                double[] loss = ends(made.lines().get(1));
                assertThat(loss[1]).as(optimizer).isLessThan(0.03 * loss[0]);
            }
        }
    }

    private static double[] ends(String line) {
        return Pattern.compile("from ([\\d.]*\\d) to ([\\d.]*\\d)")
                .matcher(line)
                .results()
                .flatMapToDouble(found ->
                        DoubleStream.of(Double.parseDouble(found.group(1)), Double.parseDouble(found.group(2))))
                .toArray();
    }

    @Test
    void randomWeightsAreSaidToBeRandom() {
        try (Zoo zoo = zoo();
                Imaginer imaginer = Imaginer.of(zoo, LENET)) {
            Imagined made = imaginer.imagine(
                    new Commission("activation-maximization:steps=1", "Bag", List.of(), OptionalLong.of(7)),
                    Progress.NONE);
            assertThat(made.weights()).contains("random").contains("seed 7");
        }
    }

    @Test
    void whatAMethodDoesNotNeedIsRefused() {
        try (Zoo zoo = zoo();
                Imaginer imaginer = Imaginer.of(zoo, LENET)) {
            assertThatThrownBy(() -> imaginer.imagine(Commission.of("activation-maximization"), Progress.NONE))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("needs --target");
            assertThatThrownBy(() -> imaginer.imagine(Commission.of("deep-dream"), Progress.NONE))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("begins with 1 pictures; found 0");
            assertThatThrownBy(() -> imaginer.imagine(Commission.of("dream"), Progress.NONE))
                    .hasMessageContaining("Unknown method 'dream'")
                    .hasMessageContaining("style-transfer");
        }
    }

    /** YOLOX takes blue first, from 0 to 255; LeNet takes one standardised channel. */
    @Test
    void coloursAreFoundFromThePreprocessor() {
        Colors plain =
                new Colors(new float[] {0, 0, 0}, new float[][] {{0, 0, 255}, {0, 255, 0}, {255, 0, 0}}, 3, false);
        Canvas red = new Canvas(new float[] {1, 0, 0}, 3, 1, 1);
        assertThat(plain.tensor(red).toFloatArray()).containsExactly(0, 0, 255);
        assertThat(plain.back(plain.tensor(red), red)).containsExactly(255f * 255, 0, 0);
        Colors standard =
                Pixels.IMAGENET.on(new Colors(new float[3], new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, 3, false));
        assertThat(standard.rest()[0]).isCloseTo(0.485f, within(1e-6f));
    }

    /** Rosenbrock's valley, whose lowest point is at (1, 1). */
    @Test
    void quasiNewtonFollowsACurvedValley() {
        Landscape valley = (canvas, slope) -> {
            double x = canvas.values()[0];
            double y = canvas.values()[1];
            slope[0] = (float) (2 * (1 - x) + 400 * x * (y - x * x));
            slope[1] = (float) (-200 * (y - x * x));
            return -((1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x));
        };
        Canvas start = new Canvas(new float[] {-1.2f, 1}, 1, 1, 2);
        float[] end = new QuasiNewton(10)
                .climb(start, valley, 100, canvas -> canvas, () -> {})
                .values();
        assertThat(end[0]).isCloseTo(1, within(1e-2f));
        assertThat(end[1]).isCloseTo(1, within(1e-2f));
    }

    @Test
    void aRollAndItsOppositeCancel() {
        float[] values = new float[3 * 5 * 7];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Canvas canvas = new Canvas(values, 3, 5, 7);
        assertThat(canvas.rolled(2, -3).rolled(-2, 3).values()).containsExactly(values);
        assertThat(canvas.rotated(0).values()).containsExactly(values);
        assertThat(canvas.rotated(180).rotated(180).values()[17]).isCloseTo(17, within(1e-3f));
    }
}

package org.menagerie.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.spi.Model;

/** A host that depends on the hub and every plugin runs a model, without training, the command or test code. */
class HostTest {
    @TempDir
    Path home;

    @Test
    void runsAModel() {
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withHome(home).withOffline(true));
                Model<Image, Classifications> lenet =
                        zoo.load("lenet-fashion-mnist", Image.class, Classifications.class)) {
            Classifications answer = lenet.predict(trousers());
            assertThat(answer.best().getClassName()).isEqualTo("Trouser");
            assertThat(answer.getProbabilities().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum())
                    .isCloseTo(1, within(1e-5));
            assertThat(zoo.problems()).isEmpty();
        }
    }

    /** Two legs and a waistband. */
    private static Image trousers() {
        BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(Color.LIGHT_GRAY);
        pen.fillRect(9, 1, 10, 5);
        pen.fillRect(9, 5, 4, 22);
        pen.fillRect(15, 5, 4, 22);
        pen.dispose();
        return ImageFactory.getInstance().fromImage(picture);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.menagerie.training.Trainer",
                "org.menagerie.cli.Main",
                "org.menagerie.contract.ArchitectureContract",
                "org.menagerie.fixtures.Fixtures",
                "picocli.CommandLine"
            })
    void hasNone(String type) {
        assertThatThrownBy(() -> Class.forName(type)).isInstanceOf(ClassNotFoundException.class);
    }
}

package org.menagerie.training.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.DataFiles;
import org.menagerie.training.data.DataSpecificationException;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.FittedImages;
import org.menagerie.training.data.Splits;
import org.menagerie.vision.Channels;
import org.menagerie.vision.ImagePreprocessor;
import org.menagerie.vision.ImageReader;
import org.menagerie.vision.ImageSettings;

class ImageFolderTest {
    @TempDir
    Path folder = Path.of("");

    private final List<String> remarks = new ArrayList<>();

    /** Each class has a colour, so that an image shows its class. */
    private static final Map<String, Integer> COLOURS = Map.of("cat", 0xFF0000, "dog", 0x00FF00, "owl", 0x0000FF);

    @Test
    void classesAreTheFoldersAndImagesShowThem() throws IOException {
        for (String name : COLOURS.keySet()) {
            images(name, 0, 30);
        }
        Splits splits = open("");
        assertThat(splits.train().info().labels()).containsExactly("cat", "dog", "owl");
        assertThat(splits.train().size()
                        + splits.validation().size()
                        + splits.test().size())
                .isEqualTo(90);
        assertThat(splits.train().info().columns().get(0).type()).isEqualTo("f32[B,3,8,8]");
        for (String part : Splits.PARTS) {
            Dataset data = splits.part(part);
            for (int i = 0; i < data.size(); i++) {
                Map<String, Tensor> batch = data.batch(i);
                int label = (int) Column.in(batch, "label").longs().get(0);
                for (int channel = 0; channel < 3; channel++) {
                    assertThat(Column.in(batch, "image").floats().get(64 * channel))
                            .as(data.name(i))
                            .isEqualTo(channel == label ? 255 : 0);
                }
            }
        }
        assertThat(remarks).isEmpty();
    }

    @Test
    void anImageStaysInItsPartWhenOthersAreAdded() throws IOException {
        images("cat", 0, 40);
        images("dog", 0, 40);
        Map<String, String> before = parts(open(""));
        images("dog", 40, 90);
        images("owl", 0, 50);
        Map<String, String> after = parts(open(""));
        assertThat(before).hasSize(80);
        assertThat(after).hasSize(180).containsAllEntriesOf(before);
    }

    @Test
    void partsThatTheFolderStatesAreTaken() throws IOException {
        images("train/cat", 0, 5);
        images("train/dog", 0, 4);
        images("val/dog", 0, 2);
        images("test/dog", 0, 3);
        Splits splits = open("");
        assertThat(splits.train().size()).isEqualTo(9);
        assertThat(splits.validation().size()).isEqualTo(2);
        assertThat(splits.test().size()).isEqualTo(3);
        assertThat(Column.in(splits.test().batch(0), "label").longs().get(0)).isEqualTo(1);
        assertThat(new ImageFolder().whole(folder.toString(), files())).isEmpty();
    }

    @Test
    void aClassThatIsCalledTrainIsAClass() throws IOException {
        images("train", 0, 30);
        images("cat", 0, 30);
        assertThat(open("").train().info().labels()).containsExactly("cat", "train");
        Optional<Dataset> whole = new ImageFolder().whole(folder.toString(), files());
        assertThat(whole.orElseThrow().size()).isEqualTo(60);
    }

    @Test
    void missingPartsAreTold() throws IOException {
        images("train/cat", 0, 30);
        images("valid/cat", 0, 3);
        assertThat(open("").test().size()).isEqualTo(3);
        assertThat(remarks).singleElement().asString().contains("has no folder test", "those of valid");
        Files.move(folder.resolve("valid"), folder.resolve("test"));
        remarks.clear();
        Splits splits = open("");
        assertThat(splits.test().size()).isEqualTo(3);
        assertThat(splits.train().size() + splits.validation().size()).isEqualTo(30);
        assertThat(remarks).singleElement().asString().contains("a tenth of train is set aside");
    }

    @Test
    void trainingReadsWhatTheTrainedModelReads() throws IOException {
        Path file = Fixtures.copy(
                "pictures/cmyk-no-adobe-segment.jpg", Files.createDirectories(folder.resolve("train/cat")));
        Files.createDirectories(folder.resolve("val/cat"));
        Files.copy(file, folder.resolve("val/cat/same.jpg"));
        Splits splits = open(",size=40");
        float[] used = used(file, 40, 40, Channels.RGB);
        assertThat(floats(Column.in(splits.train().batch(0), "image"))).containsExactly(used);
        Dataset fitted = new FittedImages(splits.train(), new FittedImages.Size("x", 1, 20, 30));
        assertThat(fitted.info().columns().get(0).type()).isEqualTo("f32[B,1,20,30]");
        assertThat(floats(Column.in(fitted.batch(0), "x"))).containsExactly(used(file, 30, 20, Channels.GRAY));
    }

    @Test
    void aDamagedFileIsNamedAndLeftOutOnlyIfAsked() throws IOException {
        images("train/cat", 0, 4);
        images("val/cat", 0, 2);
        Path damaged = Files.writeString(folder.resolve("train/cat/damaged.png"), "not a picture");
        Dataset train = open("").train();
        assertThat(train.size()).isEqualTo(5);
        assertThatThrownBy(() -> train.batch(0, 1, 2, 3, 4))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(damaged.toString());
        remarks.clear();
        assertThat(open(",corrupt=skip").train().size()).isEqualTo(4);
        assertThat(remarks).anySatisfy(remark -> assertThat(remark).contains("1 images cannot", damaged.toString()));
    }

    @Test
    void unevenClassesAndOtherFilesAreTold() throws IOException {
        images("cat", 0, 100);
        images("dog", 0, 25);
        Files.writeString(folder.resolve("dog/notes.txt"), "");
        Files.writeString(folder.resolve("dog/.hidden"), "");
        open("");
        assertThat(remarks)
                .satisfiesExactlyInAnyOrder(
                        remark -> assertThat(remark).contains("uneven", "'cat'", "'dog'"),
                        remark -> assertThat(remark).startsWith("1 files").contains("dog/notes.txt"));
    }

    @Test
    void whatCannotBeReadIsToldInASentence() throws IOException {
        assertThatThrownBy(() -> open("")).hasMessageContaining("has no folders; expected one folder per class");
        images("cat", 0, 2);
        assertThatThrownBy(() -> open("")).hasMessageContaining("has only 2 files, too few");
        Files.createDirectories(folder.resolve("dog"));
        assertThatThrownBy(() -> open("")).hasMessageContaining("dog has no files that end with .png");
        assertThatThrownBy(() -> new ImageFolder().open(folder.resolve("none").toString(), files()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("There is no folder");
        assertThatThrownBy(() -> new ImageFolder().open("", files())).isInstanceOf(DataSpecificationException.class);
        assertThatThrownBy(() -> open(",corrupt=perhaps")).hasMessageContaining("expected fail or skip");
        assertThatThrownBy(() -> open(",colour=1")).hasMessageContaining("it has channels, corrupt, size");
    }

    @Test
    void aClassThatTrainingDoesNotHaveIsRefused() throws IOException {
        images("train/cat", 0, 5);
        images("val/dog", 0, 5);
        assertThatThrownBy(() -> open(""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("classes dog, which")
                .hasMessageContaining("it has cat");
    }

    private Splits open(String options) {
        return new ImageFolder().open(folder + options, files());
    }

    private DataFiles files() {
        return new DataFiles() {
            @Override
            public Optional<Path> find(String dataset, Artifact file) {
                return Optional.empty();
            }

            @Override
            public void remark(String remark) {
                remarks.add(remark);
            }
        };
    }

    private void images(String name, int from, int to) throws IOException {
        Path of = Files.createDirectories(folder.resolve(name));
        int colour = COLOURS.getOrDefault(of.getFileName().toString(), 0x808080);
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, colour);
        }
        for (int i = from; i < to; i++) {
            ImageIO.write(image, "png", of.resolve(i + ".png").toFile());
        }
    }

    /** The part of each image. */
    private static Map<String, String> parts(Splits splits) {
        Map<String, String> parts = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (String part : Splits.PARTS) {
            for (int i = 0; i < splits.part(part).size(); i++) {
                String name = splits.part(part).name(i);
                assertThat(seen.add(name)).as(name).isTrue();
                parts.put(name, part);
            }
        }
        return parts;
    }

    private static float[] used(Path file, int width, int height, Channels channels) {
        ImageSettings settings = new ImageSettings(
                "x", width, height, channels, null, null, false, 1.0, null, null, null, null, null, null, null, null);
        Image picture = new ImageReader().read(file);
        return floats(Column.in(
                new ImagePreprocessor(settings).prepare(List.of(picture)).tensors(), "x"));
    }

    private static float[] floats(Tensor tensor) {
        float[] values = new float[tensor.size()];
        tensor.floats().get(values);
        return values;
    }
}

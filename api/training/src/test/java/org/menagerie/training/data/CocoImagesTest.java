package org.menagerie.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.modality.cv.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.vision.Channels;
import org.menagerie.vision.Filter;
import org.menagerie.vision.ImagePreprocessor;
import org.menagerie.vision.ImageReader;
import org.menagerie.vision.ImageSettings;
import org.menagerie.vision.Resize;

/** Training sees the pixels that a model sees when it is used, whatever the file. */
class CocoImagesTest {
    private static final int SIZE = 40;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ycck-adobe-transform2.jpg",
                "cmyk-no-adobe-segment.jpg",
                "cmyk-half-black.tif",
                "page-rgb-nir-extrasamples0.tif",
                "gif-first-frame-offset.gif",
                "jpeg-two-stray-bytes-before-exif.jpg",
                "jfif-and-adobe0.jpg",
                "picture.webp",
                "ocr-tiny8.png"
            })
    void trainingReadsWhatAModelReads(String name) throws IOException {
        Path file = Fixtures.copy("pictures/" + name, folder);
        Image picture = new ImageReader().read(file);
        for (Channels channels : List.of(Channels.RGB, Channels.GRAY)) {
            float[] used = used(picture, channels);
            float[] trained = trained(name, picture, channels.count());
            assertThat(trained).hasSameSizeAs(used);
            for (int i = 0; i < used.length; i++) {
                assertThat(Math.abs(trained[i] - used[i]))
                        .as("%s at %d", name, i)
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    private static float[] used(Image picture, Channels channels) {
        ImageSettings settings = new ImageSettings(
                "x",
                SIZE,
                SIZE,
                channels,
                Resize.STRETCH,
                Filter.BILINEAR,
                false,
                1.0,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return Objects.requireNonNull(new ImagePreprocessor(settings)
                        .prepare(List.of(picture))
                        .tensors()
                        .get("x"))
                .toFloatArray();
    }

    private float[] trained(String name, Image picture, int channels) throws IOException {
        Path annotations = annotations(name, picture.getWidth(), picture.getHeight());
        Splits splits = new Coco()
                .open(
                        "%s,%s,%1$s,%2$s,size=%d,channels=%d".formatted(annotations, folder, SIZE, channels),
                        DataFiles.NONE);
        return Column.in(splits.train().batch(0), "image").toFloatArray();
    }

    private Path annotations(String name, int width, int height) throws IOException {
        String json = """
            {"images": [{"id": 1, "file_name": "%s", "width": %d, "height": %d}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 5, 5], "iscrowd": 0}],
             "categories": [{"id": 1, "name": "thing"}]}
            """.formatted(name, width, height);
        return Files.writeString(folder.resolve("annotations.json"), json);
    }

    @Test
    void boxesLieOnTheirObjectsInTurnedPictures() throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        for (int i = 0; i < 20; i++) {
            Fixtures.copy("coco/images/p%02d.jpg".formatted(i), images);
        }
        Path annotations = Fixtures.copy("coco/exif.json", folder);
        Dataset all = new Coco()
                .open("%s,%s,%1$s,%2$s".formatted(annotations, images), DataFiles.NONE)
                .train();
        assertThat(all.size()).isEqualTo(20);
        for (int i = 0; i < 20; i++) {
            var batch = all.batch(i);
            float[] pixels = Column.in(batch, "image").toFloatArray();
            float[] box = Column.in(batch, "boxes").toFloatArray();
            double sum = 0;
            int count = 0;
            for (int y = (int) box[1] + 1; y < (int) box[3] - 1; y++) {
                for (int x = (int) box[0] + 1; x < (int) box[2] - 1; x++) {
                    sum += pixels[y * 64 + x];
                    count++;
                }
            }
            assertThat(sum / count).as("picture %d", i).isBetween(248.0, 252.0);
        }
    }

    @Test
    void anAnnotationThatForgotTheOrientationIsRefused() throws IOException {
        String name = "jpeg-two-stray-bytes-before-exif.jpg";
        Image picture = new ImageReader().read(Fixtures.copy("pictures/" + name, folder));
        Path annotations = annotations(name, /* width= */ picture.getHeight(), /* height= */ picture.getWidth());
        Dataset data = new Coco()
                .open("%s,%s,%1$s,%2$s,size=8".formatted(annotations, folder), DataFiles.NONE)
                .train();
        assertThatThrownBy(() -> data.batch(0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the way up that its EXIF orientation says; its annotation says");
    }

    @Test
    void filesThatAreNotPicturesAreNamed() throws IOException {
        Files.writeString(folder.resolve("a.png"), "hello");
        Dataset data = new Coco()
                .open("%s,%s,%1$s,%2$s,size=8".formatted(annotations("a.png", 5, 5), folder), DataFiles.NONE)
                .train();
        assertThatThrownBy(() -> data.batch(0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a.png is not a picture; expected one of");
    }
}

package org.menagerie.contract;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.menagerie.training.data.DatasetKind;

/** Pictures with boxes and masks, in a made-up file. */
class CocoContractTest extends DatasetContract {
    @Override
    protected DatasetKind kind() {
        return DataKinds.kind("coco");
    }

    @Override
    protected String write(Path folder) throws IOException {
        Files.createDirectory(folder.resolve("images"));
        StringBuilder pictures = new StringBuilder();
        StringBuilder objects = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            String separator = i == 0 ? "" : ",";
            BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < 24 * 16; pixel++) {
                image.setRGB(pixel % 24, pixel / 24, (pixel * 7919 + i * 104_729) & 0xFFFFFF);
            }
            ImageIO.write(
                    image, "png", folder.resolve("images/p%d.png".formatted(i)).toFile());
            pictures.append("%s{\"id\": %d, \"file_name\": \"p%d.png\", \"width\": 24, \"height\": 16}"
                    .formatted(separator, i, i));
            objects.append(("%s{\"id\": %d, \"image_id\": %d, \"category_id\": %d, \"bbox\": [2, 3, 8, 6],"
                            + " \"iscrowd\": 0, \"area\": 48, \"segmentation\": [[2, 3, 10, 3, 10, 9, 2, 9]]}")
                    .formatted(separator, i, i, 5 + i % 2));
        }
        Path annotations = Files.writeString(folder.resolve("annotations.json"), """
                {"images": [%s], "annotations": [%s],
                 "categories": [{"id": 5, "name": "cat"}, {"id": 6, "name": "dog"}]}
                """.formatted(pictures, objects));
        return annotations + "," + folder.resolve("images") + ",size=12";
    }
}

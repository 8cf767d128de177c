package org.menagerie.cli;

import ai.djl.modality.cv.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.menagerie.spi.SettingException;
import org.menagerie.training.checkpoint.AtomicFile;
import org.menagerie.vision.Drawing;

/**
 * Pictures with answers drawn on them, written as PNG or JPEG.
 *
 * @param target the file of a single picture, or the folder of several, which keep their names
 * @param folder whether it is a folder
 * @param labels of the model, which pick the colours
 */
record DrawnAnswers(Path target, boolean folder, List<String> labels) {
    /** Where the pictures go; fails before anything is run if they cannot. */
    static DrawnAnswers to(Path target, boolean several, Class<?> input, Class<?> output, List<String> labels)
            throws IOException {
        if (input != Image.class || !Drawing.canDraw(output)) {
            throw new SettingException(
                    List.of("--draw"),
                    "--draw cannot show what this model answers (%s to %s)"
                            .formatted(input.getSimpleName(), output.getSimpleName()));
        }
        boolean folder = several || Files.isDirectory(target);
        if (folder) {
            Files.createDirectories(target);
        } else {
            format(target);
        }
        return new DrawnAnswers(target, folder, labels);
    }

    private static String format(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".png")) {
            return "png";
        }
        if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
            return "jpg";
        }
        throw new SettingException(List.of("--draw"), "--draw writes .png, .jpg and .jpeg; found '%s'".formatted(file));
    }

    /** Draws and writes one; the file that was written. */
    Path write(String name, Image picture, Object answer) {
        Path file = folder ? target.resolve(fileName(name)) : target;
        Image drawn = Drawing.draw(picture, answer, labels);
        AtomicFile.writeStream(file, out -> drawn.save(out, format(file)));
        return file;
    }

    /** The last part of a path or URL, as a PNG. */
    private static String fileName(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String stem = last.replaceFirst("\\.[A-Za-z0-9]+$", "").replaceAll("[^A-Za-z0-9._-]", "_");
        return (stem.isEmpty() || stem.matches("\\.+") ? "picture" : stem) + ".png";
    }
}

package org.menagerie.hub.answer;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import org.menagerie.spi.SettingException;
import org.menagerie.weights.AtomicFile;

/** Writes pictures as PNG or JPEG: one into a file, or several into a folder, where each has a name of its own. */
public final class ImageFiles {
    private final String option;
    private final Path target;
    private final boolean folder;
    private final Set<String> taken = new HashSet<>();

    private ImageFiles(String option, Path target, boolean folder) {
        this.option = option;
        this.target = target;
        this.folder = folder;
    }

    /**
     * Where pictures go; fails before anything is run if they cannot.
     *
     * @param option what names the target, for messages
     * @param target a file; a folder of several pictures, or if it is one already
     */
    public static ImageFiles to(String option, Path target, boolean several) throws IOException {
        ImageFiles files = new ImageFiles(option, target, several || Files.isDirectory(target));
        if (files.folder) {
            Files.createDirectories(target);
        } else {
            files.format(target);
        }
        return files;
    }

    private String format(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".png")) {
            return "png";
        }
        if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
            return "jpg";
        }
        throw new SettingException(
                List.of(option), "%s writes .png, .jpg and .jpeg; found '%s'".formatted(option, file));
    }

    /**
     * Writes one.
     *
     * @param name of the input, whose last part names the file in a folder
     * @return the file
     */
    public Path write(String name, BufferedImage picture) {
        Path file = folder ? target.resolve(fileName(name)) : target;
        AtomicFile.writeStream(file, out -> {
            if (!ImageIO.write(picture, format(file), out)) {
                throw new IOException("Java has no writer of such pictures");
            }
        });
        return file;
    }

    /** The last part of a path or URL, as a PNG; with a number where an earlier one has the same. */
    private String fileName(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String bare = last.replaceFirst("\\.[A-Za-z0-9]+$", "").replaceAll("[^A-Za-z0-9._-]", "_");
        String stem = bare.isEmpty() || bare.matches("\\.+") ? "picture" : bare;
        String free = stem;
        for (int number = 2; !taken.add(free.toLowerCase(Locale.ROOT)); number++) {
            free = stem + "-" + number;
        }
        return free + ".png";
    }
}

package org.menagerie.cli;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.menagerie.spi.ZooException;
import org.menagerie.text.generation.AttentionMap;
import org.menagerie.text.generation.GeneratedText;
import org.menagerie.text.generation.GeneratedTexts;
import org.menagerie.training.checkpoint.AtomicFile;

/** A picture of an attention map: a column a letter, a row a token, the darker the more it was looked at. */
final class AttentionPlot {
    private static final int CELL = 36;
    private static final int TOP = 40;
    private static final int LEFT = 64;
    private static final Color DARKEST = new Color(20, 50, 110);

    private AttentionPlot() {}

    /**
     * Draws the map of an answer's first text.
     *
     * @throws ZooException if the file is no {@code .png}, or the answer has no map
     */
    static void write(Path file, Object answer) {
        if (!String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new ZooException("--attention writes .png; found '%s'".formatted(file));
        }
        List<GeneratedText> texts = answer instanceof GeneratedTexts written ? written.texts() : List.of();
        AttentionMap map = texts.stream()
                .findFirst()
                .flatMap(GeneratedText::attention)
                .orElseThrow(() -> new ZooException("The answer tells nothing of attention"));
        AtomicFile.writeStream(file, out -> {
            if (!ImageIO.write(picture(map), "png", out)) {
                throw new IOException("no PNG writer");
            }
        });
    }

    static BufferedImage picture(AttentionMap map) {
        int width = LEFT + map.inputs().size() * CELL + CELL / 2;
        int height = TOP + map.outputs().size() * CELL + CELL / 2;
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, width, height);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 16));
        for (int column = 0; column < map.inputs().size(); column++) {
            label(g, map.inputs().get(column), LEFT + column * CELL + CELL / 2, TOP - CELL / 2);
        }
        for (int row = 0; row < map.outputs().size(); row++) {
            label(g, map.outputs().get(row), LEFT / 2, TOP + row * CELL + CELL / 2);
            for (int column = 0; column < map.inputs().size(); column++) {
                g.setColor(shade(map.weights()[row][column]));
                g.fillRect(LEFT + column * CELL, TOP + row * CELL, CELL - 1, CELL - 1);
            }
        }
        g.dispose();
        return picture;
    }

    /** A text in the middle of a point. */
    private static void label(Graphics2D g, String text, int x, int y) {
        FontMetrics metrics = g.getFontMetrics();
        g.setColor(Color.BLACK);
        g.drawString(text, x - metrics.stringWidth(text) / 2, y + (metrics.getAscent() - metrics.getDescent()) / 2);
    }

    /** From a light grey at 0 to a dark blue at 1. */
    private static Color shade(float weight) {
        float share = Math.max(0, Math.min(1, weight));
        return new Color(
                Math.round(244 + share * (DARKEST.getRed() - 244)),
                Math.round(244 + share * (DARKEST.getGreen() - 244)),
                Math.round(244 + share * (DARKEST.getBlue() - 244)));
    }
}

package org.menagerie.text.generation;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.menagerie.spi.ZooException;

/** Draws an attention map: a column per part of the input, a row per token; a darker cell got more attention. */
final class AttentionPlot {
    private static final int CELL = 36;
    private static final int TOP = 40;
    private static final int LEFT = 64;
    private static final Color DARKEST = new Color(20, 50, 110);

    private AttentionPlot() {}

    /**
     * The map of the first text.
     *
     * @throws ZooException if the answer has no map
     */
    static BufferedImage of(GeneratedTexts written) {
        return written.texts().stream()
                .findFirst()
                .flatMap(GeneratedText::attention)
                .map(AttentionPlot::picture)
                .orElseThrow(() -> new ZooException("The answer tells nothing of attention"));
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

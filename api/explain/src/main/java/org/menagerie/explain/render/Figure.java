package org.menagerie.explain.render;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A picture beside its map, with a caption. */
public final class Figure {
    private static final int LEAST_SIDE = 256;
    private static final int GAP = 8;
    private static final int TEXT = 12;

    private Figure() {}

    /**
     * Draws the figure.
     *
     * @param picture the input; null if only the map is known
     * @param lines of the caption
     */
    public static BufferedImage of(
            @Nullable BufferedImage picture, HeatMap map, String title, String caption, List<String> lines) {
        List<BufferedImage> parts = new ArrayList<>();
        if (picture != null) {
            parts.add(picture);
            parts.add(map.over(picture));
        } else {
            parts.add(map.image());
        }
        List<String> text = new ArrayList<>(List.of(title, caption));
        text.addAll(lines);
        return captioned(row(parts), text);
    }

    /** Pictures of one size side by side, enlarged by a whole number if they are small. */
    public static BufferedImage row(List<BufferedImage> parts) {
        BufferedImage first = parts.get(0);
        int scale = Math.max(1, LEAST_SIDE / Math.max(first.getWidth(), first.getHeight()));
        int width = first.getWidth() * scale;
        int height = first.getHeight() * scale;
        BufferedImage row =
                new BufferedImage(parts.size() * width + (parts.size() - 1) * GAP, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = row.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, row.getWidth(), row.getHeight());
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        for (int i = 0; i < parts.size(); i++) {
            graphics.drawImage(parts.get(i), i * (width + GAP), 0, width, height, null);
        }
        graphics.dispose();
        return row;
    }

    /**
     * Pictures of one size in rows, each above its label.
     *
     * @param least the side that small pictures are enlarged to by a whole number, pixels
     */
    public static BufferedImage sheet(List<BufferedImage> parts, List<String> labels, int least) {
        BufferedImage first = parts.get(0);
        int scale = Math.max(1, least / Math.max(first.getWidth(), first.getHeight()));
        int width = first.getWidth() * scale;
        int height = first.getHeight() * scale;
        int columns = (int) Math.ceil(Math.sqrt(parts.size()));
        int rows = (parts.size() + columns - 1) / columns;
        int line = labels.isEmpty() ? 0 : TEXT + GAP / 2;
        BufferedImage sheet = new BufferedImage(
                columns * (width + GAP) - GAP, rows * (height + line + GAP) - GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        graphics.setColor(Color.BLACK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, TEXT));
        for (int i = 0; i < parts.size(); i++) {
            int left = i % columns * (width + GAP);
            int top = i / columns * (height + line + GAP);
            graphics.drawImage(parts.get(i), left, top, width, height, null);
            if (!labels.isEmpty()) {
                graphics.setClip(left, top, width, height + line);
                graphics.drawString(labels.get(i), left, top + height + TEXT);
                graphics.setClip(null);
            }
        }
        graphics.dispose();
        return sheet;
    }

    /** A picture above lines of text, which are broken to its width. */
    public static BufferedImage captioned(BufferedImage picture, List<String> lines) {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
        FontMetrics metrics = picture.createGraphics().getFontMetrics(font);
        int width = Math.max(picture.getWidth(), LEAST_SIDE);
        List<String> broken = new ArrayList<>();
        lines.forEach(line -> broken.addAll(broken(line, metrics, width - 2 * GAP)));
        int height = picture.getHeight() + broken.size() * metrics.getHeight() + GAP;
        BufferedImage figure = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = figure.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.drawImage(picture, 0, 0, null);
        graphics.setColor(Color.BLACK);
        graphics.setFont(font);
        int y = picture.getHeight() + GAP / 2 + metrics.getAscent();
        for (String line : broken) {
            graphics.drawString(line, GAP, y);
            y += metrics.getHeight();
        }
        graphics.dispose();
        return figure;
    }

    private static List<String> broken(String line, FontMetrics metrics, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        for (String word : line.split(" ")) {
            if (current.length() > 0 && metrics.stringWidth(current + " " + word) > width) {
                lines.add(current.toString());
                current.setLength(0);
            }
            current.append(current.length() == 0 ? "" : " ").append(word);
        }
        lines.add(current.toString());
        return lines;
    }
}

package org.menagerie.vision;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Explains colours in rows below a picture, so that no part of the picture is hidden. */
final class Legend {
    private static final int GAP = 4;

    private final FontMetrics metrics;
    private final int width;
    private final List<Entry> entries = new ArrayList<>();
    private int rows;
    private int right;

    /** A class with its place among the labels, and where it stands. */
    private record Entry(String name, int place, int left, int row) {}

    Legend(FontMetrics metrics, int width) {
        this.metrics = metrics;
        this.width = width;
    }

    void add(String name, int place) {
        int wide = swatch() + metrics.stringWidth(name) + 3 * GAP;
        if (rows == 0 || right + wide > width) {
            rows++;
            right = 0;
        }
        entries.add(new Entry(name, place, right, rows - 1));
        right += wide;
    }

    private int swatch() {
        return metrics.getAscent();
    }

    private int rowHeight() {
        return metrics.getHeight() + GAP;
    }

    int height() {
        return rows == 0 ? 0 : rows * rowHeight() + GAP;
    }

    /** The picture with the legend below it. */
    BufferedImage below(BufferedImage picture, Graphics2D style) {
        if (rows == 0) {
            return picture;
        }
        BufferedImage both =
                new BufferedImage(picture.getWidth(), picture.getHeight() + height(), BufferedImage.TYPE_INT_RGB);
        both.setData(picture.getRaster());
        Graphics2D graphics = both.createGraphics();
        try {
            graphics.setRenderingHints(style.getRenderingHints());
            graphics.setFont(style.getFont());
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, picture.getHeight(), width, height());
            for (Entry entry : entries) {
                draw(entry, picture.getHeight() + GAP + entry.row() * rowHeight(), graphics);
            }
        } finally {
            graphics.dispose();
        }
        return both;
    }

    private void draw(Entry entry, int top, Graphics2D graphics) {
        int left = entry.left() + GAP;
        graphics.setColor(ClassColors.of(entry.place()));
        int step = ClassColors.isRepeated(entry.place()) ? 2 : 1;
        for (int y = 0; y < swatch(); y += step) {
            graphics.fillRect(left, top + y, swatch(), 1);
        }
        graphics.setColor(Color.BLACK);
        graphics.drawString(entry.name(), left + swatch() + GAP, top + metrics.getAscent());
    }
}

package org.menagerie.vision;

import ai.djl.modality.cv.Image;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A copy of a picture that answers are drawn on, in pixels of the picture.
 *
 * <p>Colours follow the class's place among the labels ({@link ClassColors}), so that they are the same in every picture; lines
 * and letters follow the picture's size.
 */
public final class Drawing {
    private static final int MASK_ALPHA = 128;

    private final BufferedImage canvas;
    private final Graphics2D graphics;
    private final float line;
    private final ClassColors colors;

    private Drawing(BufferedImage canvas, ClassColors colors) {
        this.canvas = canvas;
        this.colors = colors;
        this.graphics = canvas.createGraphics();
        this.line = Math.max(1.5f, Math.min(canvas.getWidth(), canvas.getHeight()) / 250f);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(10, Math.round(line * 7))));
    }

    /**
     * A copy of a picture, over white where it is transparent.
     *
     * @param labels of the model, whose order picks the colours; classes beyond them get one by their name
     */
    public static Drawing over(Image picture, List<String> labels) {
        BufferedImage original = ImagePreprocessor.pixelsOf(picture);
        BufferedImage canvas = new BufferedImage(original.getWidth(), original.getHeight(), BufferedImage.TYPE_INT_RGB);
        copy(original, canvas);
        return new Drawing(canvas, new ClassColors(labels));
    }

    /** The samples as the network sees them. */
    private static void copy(BufferedImage original, BufferedImage canvas) {
        int width = canvas.getWidth();
        PixelRows rows = PixelRows.of(original, false, 0xFFFFFF);
        byte[] samples = new byte[3 * width];
        int[] row = new int[width];
        for (int y = 0; y < canvas.getHeight(); y++) {
            rows.read(y, 0, width, samples);
            for (int x = 0; x < width; x++) {
                row[x] = (samples[3 * x] & 0xFF) << 16 | (samples[3 * x + 1] & 0xFF) << 8 | (samples[3 * x + 2] & 0xFF);
            }
            canvas.setRGB(0, y, width, 1, row, 0, width);
        }
    }

    /** The picture's width in pixels. */
    public int width() {
        return canvas.getWidth();
    }

    /** The picture's height in pixels. */
    public int height() {
        return canvas.getHeight();
    }

    /** The width of lines in pixels. */
    public float lineWidth() {
        return line;
    }

    /** A class's place among the labels, which picks its colour. */
    public int place(String className) {
        return colors.place(className);
    }

    /** Draws the outline of a shape; dashed for places that share their colour with another. */
    public void outline(Shape shape, int place) {
        graphics.setColor(ClassColors.of(place));
        graphics.setStroke(
                ClassColors.isRepeated(place)
                        ? new BasicStroke(
                                line,
                                BasicStroke.CAP_BUTT,
                                BasicStroke.JOIN_MITER,
                                10,
                                new float[] {4 * line, 3 * line},
                                0)
                        : new BasicStroke(line));
        graphics.draw(shape);
    }

    /** Draws a dot. */
    public void point(double x, double y, int place) {
        double radius = line * 1.5;
        graphics.setColor(ClassColors.of(place));
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    /** Colours a pixel; every other stripe for places that share their colour with another. */
    public void tint(int x, int y, int place) {
        if (ClassColors.isRepeated(place) && (x + y) / Math.round(2 * line) % 2 == 1) {
            return;
        }
        Color color = ClassColors.of(place);
        int under = canvas.getRGB(x, y);
        int r = Luma.over(color.getRed(), MASK_ALPHA, (under >> 16) & 0xFF);
        int g = Luma.over(color.getGreen(), MASK_ALPHA, (under >> 8) & 0xFF);
        int b = Luma.over(color.getBlue(), MASK_ALPHA, under & 0xFF);
        canvas.setRGB(x, y, r << 16 | g << 8 | b);
    }

    /** Writes white or black text on a plate whose bottom left is at a point, moved inside the picture. */
    public void label(String text, double x, double y, int place) {
        FontMetrics metrics = metrics();
        Color color = ClassColors.of(place);
        int width = metrics.stringWidth(text) + 4;
        int left = (int) Math.max(0, Math.min(x, canvas.getWidth() - width));
        int bottom = (int) Math.min(canvas.getHeight(), Math.max(y, metrics.getHeight()));
        graphics.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 200));
        graphics.fillRect(left, bottom - metrics.getHeight(), width, metrics.getHeight());
        boolean bright = Luma.of(color.getRed(), color.getGreen(), color.getBlue()) < 0;
        graphics.setColor(bright ? Color.BLACK : Color.WHITE);
        graphics.drawString(text, left + 2, bottom - metrics.getDescent());
    }

    FontMetrics metrics() {
        return graphics.getFontMetrics();
    }

    /** Ends the drawing. */
    public BufferedImage finish() {
        graphics.dispose();
        return canvas;
    }

    /** Ends the drawing with a legend below the picture. */
    BufferedImage finish(Legend legend) {
        BufferedImage both = legend.below(canvas, graphics);
        graphics.dispose();
        return both;
    }
}

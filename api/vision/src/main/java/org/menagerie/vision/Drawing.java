package org.menagerie.vision;

import ai.djl.modality.cv.Image;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A copy of a picture that answers are drawn on; places are in pixels of the picture. A small picture is enlarged by a whole
 * number, so that labels have room.
 *
 * <p>Colours follow the class's place among the labels ({@link ClassColors}), so that they are the same in every picture; lines
 * and letters follow the picture's size, and lines have a halo that sets them off from any ground.
 */
public final class Drawing {
    private static final int MASK_ALPHA = 128;
    private static final int PLATE_ALPHA = 200;
    private static final int HALO_ALPHA = 130;
    private static final int SHORT_SIDE = 160;

    private final int width;
    private final int height;
    private final int scale;
    private final int margin;
    private final float line;
    private final BufferedImage canvas;
    private final Graphics2D graphics;
    private final ClassColors colors;

    private Drawing(BufferedImage original, List<String> labels, int marginLetters) {
        this.width = original.getWidth();
        this.height = original.getHeight();
        int longer = Math.max(width, height);
        this.scale = longer >= SHORT_SIDE ? 1 : (SHORT_SIDE + longer - 1) / longer;
        this.line = Math.max(1.5f, Math.min(width, height) * scale / 250f);
        this.colors = new ClassColors(labels);
        int letters = Math.max(10, Math.round(line * 7));
        this.margin = marginLetters == 0 ? 0 : marginLetters * letters + Math.round(2 * line);
        this.canvas = new BufferedImage(margin + width * scale, height * scale, BufferedImage.TYPE_INT_RGB);
        this.graphics = canvas.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, letters));
        copy(original);
    }

    /**
     * A copy of a picture, over white where it is transparent.
     *
     * @param labels of the model, whose order picks the colours; classes beyond them get one by their name
     */
    public static Drawing over(Image picture, List<String> labels) {
        return over(picture, labels, 0);
    }

    /**
     * A copy of a picture with a white margin to its left.
     *
     * @param letters for how many the margin has room
     */
    static Drawing over(Image picture, List<String> labels, int letters) {
        return new Drawing(ImagePreprocessor.pixelsOf(picture), labels, letters);
    }

    /** The samples as the network sees them. */
    private void copy(BufferedImage original) {
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, margin, canvas.getHeight());
        PixelRows rows = PixelRows.of(original, false, 0xFFFFFF);
        byte[] samples = new byte[3 * width];
        int[] row = new int[width * scale];
        for (int y = 0; y < height; y++) {
            rows.read(y, 0, width, samples);
            for (int x = 0; x < row.length; x++) {
                int at = 3 * (x / scale);
                row[x] = (samples[at] & 0xFF) << 16 | (samples[at + 1] & 0xFF) << 8 | (samples[at + 2] & 0xFF);
            }
            for (int i = 0; i < scale; i++) {
                canvas.setRGB(margin, y * scale + i, row.length, 1, row, 0, row.length);
            }
        }
    }

    /** The picture's width in its own pixels. */
    public int width() {
        return width;
    }

    /** The picture's height in its own pixels. */
    public int height() {
        return height;
    }

    /** A class's place among the labels, which picks its colour. */
    public int place(String className) {
        return colors.place(className);
    }

    /** Draws the outline of a shape; dashed for places that share their colour with another. */
    public void outline(Shape shape, int place) {
        // A path that is not moved stays a rectangle, whose sides Java draws on whole pixels.
        Shape placed = scale == 1 && margin == 0
                ? shape
                : new AffineTransform(scale, 0, 0, scale, margin, 0).createTransformedShape(shape);
        float[] dashes = ClassColors.isRepeated(place) ? new float[] {4 * line, 3 * line} : null;
        graphics.setColor(halo(ClassColors.of(place)));
        graphics.setStroke(new BasicStroke(line + 2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, dashes, 0));
        graphics.draw(placed);
        graphics.setColor(ClassColors.of(place));
        graphics.setStroke(new BasicStroke(line, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, dashes, 0));
        graphics.draw(placed);
    }

    /** Draws a dot. */
    public void point(double x, double y, int place) {
        double radius = line * 1.5;
        graphics.setColor(halo(ClassColors.of(place)));
        graphics.fill(dot(x, y, radius + 1));
        graphics.setColor(ClassColors.of(place));
        graphics.fill(dot(x, y, radius));
    }

    private Shape dot(double x, double y, double radius) {
        return new Ellipse2D.Double(margin + x * scale - radius, y * scale - radius, 2 * radius, 2 * radius);
    }

    /** Black around bright colours, white around dark ones. */
    private static Color halo(Color color) {
        return isBright(color) ? new Color(0, 0, 0, HALO_ALPHA) : new Color(255, 255, 255, HALO_ALPHA);
    }

    private static boolean isBright(Color color) {
        return Luma.of(color.getRed(), color.getGreen(), color.getBlue()) < 0;
    }

    /** Colours a pixel of the picture; every other stripe for places that share their colour with another. */
    public void tint(int x, int y, int place) {
        for (int down = y * scale; down < (y + 1) * scale; down++) {
            for (int right = margin + x * scale; right < margin + (x + 1) * scale; right++) {
                if (!ClassColors.isRepeated(place) || (right + down) / Math.round(2 * line) % 2 == 0) {
                    canvas.setRGB(right, down, tinted(canvas.getRGB(right, down), ClassColors.of(place)));
                }
            }
        }
    }

    private static int tinted(int under, Color color) {
        int r = Luma.over(color.getRed(), MASK_ALPHA, (under >> 16) & 0xFF);
        int g = Luma.over(color.getGreen(), MASK_ALPHA, (under >> 8) & 0xFF);
        int b = Luma.over(color.getBlue(), MASK_ALPHA, under & 0xFF);
        return r << 16 | g << 8 | b;
    }

    /** Writes white or black text on a plate whose bottom left is at a point, moved inside the picture. */
    public void label(String text, double x, double y, int place) {
        plate(text, margin + x * scale, y * scale, place);
    }

    /** Writes text on a plate around a point. */
    void centred(String text, double x, double y, int place) {
        plate(
                text,
                margin + x * scale - plateWidth(text) / 2.0,
                y * scale + metrics().getHeight() / 2.0,
                place);
    }

    /** Writes text on a plate whose top right is at a point; in the margin where it has no room in the picture. */
    void before(String text, double x, double y, int place) {
        plate(
                text,
                margin + x * scale - plateWidth(text) - line,
                y * scale + metrics().getHeight(),
                place);
    }

    private int plateWidth(String text) {
        return metrics().stringWidth(text) + 4;
    }

    private void plate(String text, double x, double y, int place) {
        String fitting = fitting(text);
        FontMetrics metrics = metrics();
        Color color = ClassColors.of(place);
        int wide = plateWidth(fitting);
        int left = (int) Math.max(0, Math.min(x, canvas.getWidth() - wide));
        int bottom = (int) Math.min(canvas.getHeight(), Math.max(y, metrics.getHeight()));
        graphics.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), PLATE_ALPHA));
        graphics.fillRect(left, bottom - metrics.getHeight(), wide, metrics.getHeight());
        graphics.setColor(isBright(color) ? Color.BLACK : Color.WHITE);
        graphics.drawString(fitting, left + 2, bottom - metrics.getDescent());
    }

    /** A text that is wider than the picture loses letters before its last word, which is often a score. */
    private String fitting(String text) {
        int last = text.lastIndexOf(' ') + 1;
        String end = last > 0 && text.length() - last <= 6 ? "… " + text.substring(last) : "…";
        String fitting = text;
        for (int kept = text.length() - end.length(); kept > 0 && plateWidth(fitting) > canvas.getWidth(); kept--) {
            fitting = text.substring(0, kept) + end;
        }
        return fitting;
    }

    private FontMetrics metrics() {
        return graphics.getFontMetrics();
    }

    /** An empty legend, for {@link #finish(Legend)}. */
    Legend legend() {
        return new Legend(metrics(), canvas.getWidth());
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

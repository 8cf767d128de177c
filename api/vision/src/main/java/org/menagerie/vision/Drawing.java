package org.menagerie.vision;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.CategoryMask;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import ai.djl.modality.cv.output.Landmark;
import ai.djl.modality.cv.output.Mask;
import ai.djl.modality.cv.output.Point;
import ai.djl.modality.cv.output.Rectangle;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.menagerie.vision.RecognizedText.Corner;

/**
 * Draws answers onto pictures: boxes with masks and key points, segmentations with a legend below the picture, lines of text.
 *
 * <p>Colours follow the class's place among the labels ({@link ClassColors}), so that they are the same in every picture, and
 * lines follow the picture's size. The most probable object is drawn last, above the others.
 */
public final class Drawing {
    private static final int MASK_ALPHA = 128;
    /** Rows of pixels up to this part of the picture's width are too short for a name. */
    private static final int SHORT_ROW = 16;

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
        graphics.setStroke(stroke(0));
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(10, Math.round(line * 7))));
    }

    /** Whether answers of a type can be drawn. */
    public static boolean canDraw(Class<?> answer) {
        return DetectedObjects.class.isAssignableFrom(answer)
                || CategoryMask.class.isAssignableFrom(answer)
                || RecognizedText.class.isAssignableFrom(answer)
                || Classifications.class.isAssignableFrom(answer);
    }

    /** A copy of a picture with an answer of unknown labels drawn on it: colours follow the names of the answer. */
    public static Image draw(Image picture, Object answer) {
        return draw(picture, answer, List.of());
    }

    /**
     * A copy of a picture with an answer drawn on it.
     *
     * @param labels of the model's card, whose places pick the colours
     * @throws IllegalArgumentException if answers of this type cannot be drawn
     */
    public static Image draw(Image picture, Object answer, List<String> labels) {
        BufferedImage original = ImagePreprocessor.pixelsOf(picture);
        BufferedImage canvas = new BufferedImage(original.getWidth(), original.getHeight(), BufferedImage.TYPE_INT_RGB);
        Drawing drawing = new Drawing(canvas, ClassColors.of(labels, answer));
        drawing.copy(original);
        BufferedImage drawn = canvas;
        try {
            if (answer instanceof DetectedObjects objects) {
                List<DetectedObject> worstFirst = new ArrayList<>();
                objects.items().forEach(item -> worstFirst.add((DetectedObject) item));
                worstFirst.sort(Comparator.comparingDouble(DetectedObject::getProbability));
                worstFirst.forEach(drawing::object);
            } else if (answer instanceof CategoryMask mask) {
                drawn = drawing.segmentation(mask).below(canvas, drawing.graphics);
            } else if (answer instanceof RecognizedText text) {
                for (int i = 0; i < text.lines().size(); i++) {
                    drawing.line(i + 1, text.lines().get(i));
                }
            } else if (answer instanceof Classifications classes) {
                drawing.best(classes);
            } else {
                throw new IllegalArgumentException("Answers of %s cannot be drawn"
                        .formatted(answer.getClass().getName()));
            }
        } finally {
            drawing.graphics.dispose();
        }
        return new BufferedImageFactory().fromImage(drawn);
    }

    /** The picture as the network sees it, over white. */
    private void copy(BufferedImage original) {
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

    /** Dashed for classes that share their colour with another. */
    private BasicStroke stroke(int place) {
        return ClassColors.isRepeated(place)
                ? new BasicStroke(
                        line, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4 * line, 3 * line}, 0)
                : new BasicStroke(line);
    }

    private void object(DetectedObject object) {
        Rectangle bounds = object.getBoundingBox().getBounds();
        double x = bounds.getX() * canvas.getWidth();
        double y = bounds.getY() * canvas.getHeight();
        int place = colors.place(object.getClassName());
        Color color = ClassColors.of(place);
        if (object.getBoundingBox() instanceof Mask mask) {
            mask(mask, x, y, place);
        }
        graphics.setColor(color);
        graphics.setStroke(stroke(place));
        graphics.draw(new Rectangle2D.Double(
                x, y, bounds.getWidth() * canvas.getWidth(), bounds.getHeight() * canvas.getHeight()));
        if (object.getBoundingBox() instanceof Landmark landmark) {
            landmark.getPath().forEach(this::point);
        }
        label("%s %.2f".formatted(object.getClassName(), object.getProbability()), x, y, color);
    }

    private void point(Point point) {
        double radius = line * 1.5;
        graphics.fill(new Ellipse2D.Double(point.getX() - radius, point.getY() - radius, 2 * radius, 2 * radius));
    }

    /** A mask's probabilities over its box, or over the whole picture. */
    private void mask(Mask mask, double x, double y, int place) {
        float[][] values = mask.getProbDist();
        double left = mask.isFullImageMask() ? 0 : x;
        double top = mask.isFullImageMask() ? 0 : y;
        double width = mask.isFullImageMask() ? canvas.getWidth() : mask.getWidth() * canvas.getWidth();
        double height = mask.isFullImageMask() ? canvas.getHeight() : mask.getHeight() * canvas.getHeight();
        int fromX = (int) Math.max(0, left);
        int fromY = (int) Math.max(0, top);
        for (int py = fromY; py < Math.min(canvas.getHeight(), top + height); py++) {
            int row = Math.min(values.length - 1, (int) ((py + 0.5 - top) / height * values.length));
            for (int px = fromX; px < Math.min(canvas.getWidth(), left + width); px++) {
                float[] cells = values[Math.max(0, row)];
                int column = Math.min(cells.length - 1, (int) ((px + 0.5 - left) / width * cells.length));
                if (cells[Math.max(0, column)] > 0.5f) {
                    tint(px, py, place);
                }
            }
        }
    }

    /**
     * A tint a class, and its name where its longest row of pixels is, unless that is short; class 0 is the background. The
     * legend of the classes that are seen.
     */
    private Legend segmentation(CategoryMask mask) {
        List<String> names = mask.getClasses();
        int[] places = names.stream().mapToInt(colors::place).toArray();
        int[] longest = new int[places.length];
        Point[] middles = new Point[places.length];
        for (int y = 0; y < canvas.getHeight(); y++) {
            int start = 0;
            for (int x = 0; x < canvas.getWidth(); x++) {
                int label = at(mask, x, y);
                start = x > 0 && label == at(mask, x - 1, y) ? start : x;
                if (label > 0 && label < places.length) {
                    tint(x, y, places[label]);
                    if (x - start >= longest[label]) {
                        longest[label] = x - start + 1;
                        middles[label] = new Point((start + x + 1) / 2.0, y);
                    }
                }
            }
        }
        Legend legend = new Legend(graphics.getFontMetrics(), canvas.getWidth());
        for (int label = 1; label < middles.length; label++) {
            if (longest[label] > canvas.getWidth() / SHORT_ROW) {
                centred(names.get(label), middles[label], ClassColors.of(places[label]));
            }
            if (longest[label] > 0) {
                legend.add(names.get(label), places[label]);
            }
        }
        return legend;
    }

    private int at(CategoryMask mask, int x, int y) {
        int[][] classes = mask.getMask();
        int[] row = classes[y * classes.length / canvas.getHeight()];
        return row[x * row.length / canvas.getWidth()];
    }

    private void centred(String text, Point middle, Color color) {
        var metrics = graphics.getFontMetrics();
        label(text, middle.getX() - metrics.stringWidth(text) / 2.0, middle.getY() + metrics.getHeight() / 2.0, color);
    }

    /** Striped for classes that share their colour with another. */
    private void tint(int x, int y, int place) {
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

    /** The outline and the number of a line; its text would hide the picture's. */
    private void line(int number, RecognizedText.Line text) {
        Path2D path = new Path2D.Double();
        Corner first = text.corners().get(0);
        path.moveTo(first.x(), first.y());
        text.corners().forEach(corner -> path.lineTo(corner.x(), corner.y()));
        path.closePath();
        Color color = ClassColors.of(number - 1);
        graphics.setColor(color);
        graphics.draw(path);
        int width = graphics.getFontMetrics().stringWidth(Integer.toString(number)) + 4;
        label(
                Integer.toString(number),
                first.x() - width - line,
                first.y() + graphics.getFontMetrics().getHeight(),
                color);
    }

    private void best(Classifications classes) {
        if (!classes.getClassNames().isEmpty()) {
            Classifications.Classification best = classes.best();
            String text = "%s %.2f".formatted(best.getClassName(), best.getProbability());
            label(text, 0, graphics.getFontMetrics().getHeight(), ClassColors.of(colors.place(best.getClassName())));
        }
    }

    /** White or black text on a plate whose bottom left is at a point, moved inside the picture. */
    private void label(String text, double x, double y, Color color) {
        var metrics = graphics.getFontMetrics();
        int width = metrics.stringWidth(text) + 4;
        int left = (int) Math.max(0, Math.min(x, canvas.getWidth() - width));
        int bottom = (int) Math.min(canvas.getHeight(), Math.max(y, metrics.getHeight()));
        graphics.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 200));
        graphics.fillRect(left, bottom - metrics.getHeight(), width, metrics.getHeight());
        boolean bright = Luma.of(color.getRed(), color.getGreen(), color.getBlue()) < 0;
        graphics.setColor(bright ? Color.BLACK : Color.WHITE);
        graphics.drawString(text, left + 2, bottom - metrics.getDescent());
    }
}

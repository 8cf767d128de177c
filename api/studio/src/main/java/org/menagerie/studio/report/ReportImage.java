package org.menagerie.studio.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Images as text for a page. */
final class ReportImage {
    private static final int MOST_PIXELS_A_SIDE = 480;

    private ReportImage() {}

    /** The image as PNG, larger ones reduced. */
    static String base64(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(reduced(image), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static BufferedImage reduced(BufferedImage image) {
        int longer = Math.max(image.getWidth(), image.getHeight());
        if (longer <= MOST_PIXELS_A_SIDE) {
            return image;
        }
        int width = Math.max(1, image.getWidth() * MOST_PIXELS_A_SIDE / longer);
        int height = Math.max(1, image.getHeight() * MOST_PIXELS_A_SIDE / longer);
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return small;
    }
}

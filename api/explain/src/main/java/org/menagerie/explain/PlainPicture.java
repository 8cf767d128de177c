package org.menagerie.explain;

import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** Pictures of one colour, which show what a preprocessor makes of that colour. */
public final class PlainPicture {
    private PlainPicture() {}

    /** Makes a picture whose sides are given in pixels. */
    public static Image of(int width, int height, int rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(rgb));
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return new BufferedImageFactory().fromImage(image);
    }
}

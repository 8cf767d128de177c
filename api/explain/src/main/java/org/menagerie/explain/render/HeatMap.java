package org.menagerie.explain.render;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.menagerie.decoding.Grid;

/**
 * A map as colours: from blue over white to red where the sign counts, else from dark to bright. The scale ends at the 99th
 * percentile of the sizes, so that one pixel does not make all others pale.
 */
public final class HeatMap {
    private static final double CUT = 0.99;

    /** From dark to bright in equal steps of lightness, for people with any vision. */
    private static final int[] SIZES = {
        0x000004, 0x1B0C41, 0x4A0C6B, 0x781C6D, 0xA52C60, 0xCF4446, 0xED6925, 0xFB9B06, 0xF7D13D, 0xFCFFA4
    };

    private static final int[] SIGNS = {0x2166AC, 0x67A9CF, 0xD1E5F0, 0xF7F7F7, 0xFDDBC7, 0xEF8A62, 0xB2182B};

    private final Grid map;
    private final boolean signed;
    private final float end;

    /** @param map one number a pixel */
    public HeatMap(Grid map, boolean signed) {
        this.map = map;
        this.signed = signed;
        float[] sizes = map.values().clone();
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(sizes[i]);
        }
        Arrays.sort(sizes);
        float cut = sizes[(int) Math.min(sizes.length - 1L, (long) (sizes.length * CUT))];
        this.end = cut > 0 ? cut : Math.max(sizes[sizes.length - 1], Float.MIN_NORMAL);
    }

    public int width() {
        return map.width();
    }

    public int height() {
        return map.height();
    }

    public boolean signed() {
        return signed;
    }

    /** The colour of a value of −1 to 1, or 0 to 1 where the sign does not count. */
    public static int color(double value, boolean signed) {
        int[] stops = signed ? SIGNS : SIZES;
        double at = Math.max(0, Math.min(1, signed ? (value + 1) / 2 : value)) * (stops.length - 1);
        int low = (int) Math.min(stops.length - 2, at);
        double part = at - low;
        int color = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = stops[low] >> shift & 0xFF;
            int b = stops[low + 1] >> shift & 0xFF;
            color |= (int) Math.round(a + part * (b - a)) << shift;
        }
        return color;
    }

    /** The map alone. */
    public BufferedImage image() {
        return over(null);
    }

    /** The map over a gray, pale picture, which shows through where the map is small. */
    public BufferedImage over(@Nullable BufferedImage picture) {
        BufferedImage image = new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < map.height(); y++) {
            for (int x = 0; x < map.width(); x++) {
                float value = map.values()[y * map.width() + x] / end;
                double size = Math.min(1, Math.abs(value));
                int color = color(signed ? value : size, signed);
                image.setRGB(
                        x, y, picture == null ? color : mixed(gray(picture.getRGB(x, y)), color, 0.25 + 0.75 * size));
            }
        }
        return image;
    }

    private int gray(int rgb) {
        int luma = (299 * (rgb >> 16 & 0xFF) + 587 * (rgb >> 8 & 0xFF) + 114 * (rgb & 0xFF)) / 1000;
        int shown = signed ? 128 + luma / 2 : luma;
        return shown << 16 | shown << 8 | shown;
    }

    private static int mixed(int under, int over, double part) {
        int color = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = under >> shift & 0xFF;
            int b = over >> shift & 0xFF;
            color |= (int) Math.round(a + part * (b - a)) << shift;
        }
        return color;
    }
}

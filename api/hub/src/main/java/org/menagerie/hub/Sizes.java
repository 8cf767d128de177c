package org.menagerie.hub;

/** Byte counts for people. */
public final class Sizes {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Sizes() {}

    /**
     * For example {@code 90.4 MB}; decimal units. Digits are put together here, because {@code String.format} loads the
     * locale's data first, which a short command would feel.
     */
    public static String text(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        long tenths = Math.round(10 * value);
        return unit == 0 ? bytes + " B" : tenths / 10 + "." + tenths % 10 + " " + UNITS[unit];
    }
}

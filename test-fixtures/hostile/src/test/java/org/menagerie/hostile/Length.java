package org.menagerie.hostile;

/** How much a test does: a little in every build, as much as the README states with {@code -Dmenagerie.hostile=full}. */
final class Length {
    private static final boolean FULL =
            System.getProperty("menagerie.hostile", "short").equals("full");

    private Length() {}

    static int of(int shortForm, int full) {
        return FULL ? full : shortForm;
    }
}

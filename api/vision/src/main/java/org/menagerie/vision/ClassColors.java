package org.menagerie.vision;

import java.awt.Color;
import java.util.List;
import java.util.Locale;

/**
 * The colours in which classes are drawn: the class's place among the labels picks one of {@value #COUNT}, from the first
 * again after the last.
 *
 * <p>Any two are at least 19 apart in CIE L*a*b* (a difference of 2 is just seen), also for people who lack one of the three
 * kinds of cones; the first eight are at least 27 apart. {@code ClassColorsTest} measures it.
 */
final class ClassColors {
    private static final int[] PALETTE = {
        0x0000F0, 0xF08700, 0xC3F0C3, 0xD287FF, 0x870F78, 0x4B4B00, 0xE10069, 0x6900B4, 0x4BC3B4, 0xE1F00F,
        0xD22DFF, 0x2D5A3C, 0x008778, 0x87B469, 0x963CB4, 0xC3B4F0, 0x9678B4, 0x96FF96, 0xFFD25A, 0xA5782D
    };
    static final int COUNT = 20;

    private final List<String> labels;

    /**
     * The colours of a model's classes.
     *
     * @param labels all that the model knows, in its order
     */
    ClassColors(List<String> labels) {
        this.labels = labels;
    }

    /** The colour of a class by its place among the labels. */
    static Color of(int place) {
        return new Color(PALETTE[Math.floorMod(place, COUNT)]);
    }

    /** Whether a class shares its colour with one of a lower place, so that its lines are dashed and its areas striped. */
    static boolean isRepeated(int place) {
        return place >= COUNT && place / COUNT % 2 == 1;
    }

    /** A class's place among the labels; beyond them if it is none of them. */
    int place(String name) {
        int place = labels.indexOf(name);
        return place >= 0
                ? place
                : labels.size() + Math.floorMod(name.toLowerCase(Locale.ROOT).hashCode(), COUNT);
    }
}

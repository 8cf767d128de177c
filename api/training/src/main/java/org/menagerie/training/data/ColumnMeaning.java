package org.menagerie.training.data;

import java.util.Map;

/** What the columns with usual names hold: units, numbering and padding, which losses, metrics and augmentations rely on. */
final class ColumnMeaning {
    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("image", "samples of 0 to 255, by channel, row and column"),
            Map.entry("label", "number of the class, from 0"),
            Map.entry("boxes", "left, top, right and bottom in pixels; padded with zeros"),
            Map.entry("box_label", "number of each box's class, from 0; -1 where a box is padding"),
            Map.entry("crowd_label", "class of each box that is a group, which metrics leave out; -1 for others"),
            Map.entry("box_area", "pixels of each object in the file's picture; 0 where a box is padding"),
            Map.entry("original_size", "width and height of the file's picture in pixels"),
            Map.entry("mask", "0 for the background, 1 + number of the class elsewhere"),
            Map.entry("instance", "place among the boxes of the object that a pixel shows; -1 for the background"),
            Map.entry("proposals", "left, top, right and bottom of proposed boxes in pixels; padded with zeros"),
            Map.entry("spelling", "numbers of letters; padded with 0"),
            Map.entry("spelling_length", "number of letters before the padding"),
            Map.entry("caption", "numbers of words, from start to end; padded with 0"),
            Map.entry("phonemes", "numbers of phonemes; padded with 0"),
            Map.entry("text", "numbers of the tokens of a segment and of the first of the next one"),
            Map.entry("segment", "number of the segment; each continues the one before"));

    private ColumnMeaning() {}

    /** Returns a sentence without a full stop; empty for a column whose name is a plugin's own. */
    static String of(Column column) {
        return USUAL.getOrDefault(column.name(), "");
    }
}

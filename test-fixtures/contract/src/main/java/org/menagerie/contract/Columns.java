package org.menagerie.contract;

import java.util.List;
import org.menagerie.training.data.Column;

/** The columns that data sets of this project have, by the names that networks and losses must use. */
final class Columns {
    /** Extents stand for any. */
    static final List<Column> KNOWN = List.of(
            Column.of("image", "f32[B,C,H,W]"),
            Column.of("label", "i64[B]"),
            Column.of("mask", "i64[B,H,W]"),
            Column.of("instance", "i64[B,H,W]"),
            Column.of("boxes", "f32[B,M,4]"),
            Column.of("box_label", "i64[B,M]"),
            Column.of("crowd_label", "i64[B,M]"),
            Column.of("proposals", "f32[B,P,4]"),
            Column.of("box_area", "f32[B,M]"),
            Column.of("original_size", "f32[B,2]"),
            Column.of("spelling", "i64[B,S]"),
            Column.of("spelling_length", "i32[B]"),
            Column.of("phonemes", "i64[B,T]"),
            Column.of("caption", "i64[B,T]"),
            Column.of("text", "i64[B,T]"),
            Column.of("segment", "i64[B]"));

    private Columns() {}
}

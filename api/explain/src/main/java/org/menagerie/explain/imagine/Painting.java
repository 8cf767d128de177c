package org.menagerie.explain.imagine;

import java.util.List;

/**
 * The picture that a method made.
 *
 * @param canvas the picture
 * @param lines what was optimised and how far that went, in sentences
 */
public record Painting(Canvas canvas, List<String> lines) {
    public Painting {
        lines = List.copyOf(lines);
    }
}

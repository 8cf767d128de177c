package org.menagerie.studio.report;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A section of a page.
 *
 * @param text says what is shown; plain text, as all texts are here
 */
public record ReportSection(String title, String text, List<Block> blocks) {
    public ReportSection {
        blocks = List.copyOf(blocks);
    }

    public ReportSection(String title, String text, Block... blocks) {
        this(title, text, List.of(blocks));
    }

    /** Something to look at. */
    public sealed interface Block {}

    /** Rows of cells below a header. */
    public record Table(List<String> header, List<List<Cell>> rows) implements Block {
        public Table {
            header = List.copyOf(header);
            rows = List.copyOf(rows);
        }
    }

    /**
     * A cell of a table.
     *
     * @param shade how dark its ground is, 0 to 1
     */
    public record Cell(String text, double shade) {
        public Cell(String text) {
            this(text, 0);
        }
    }

    /** Curves in a square from 0 to 1. */
    public record Curves(String across, String up, List<Curve> curves) implements Block {
        public Curves {
            curves = List.copyOf(curves);
        }
    }

    /** A line through points, from 0 to 1. */
    public record Curve(String name, double[] x, double[] y) {
        public Curve {
            if (x.length != y.length) {
                throw new IllegalArgumentException(
                        "Curve '%s' has %d x and %d y; expected as many".formatted(name, x.length, y.length));
            }
        }
    }

    /** Images with captions. */
    public record Images(List<CaptionedImages> images) implements Block {
        public Images {
            images = List.copyOf(images);
        }
    }

    /** Images side by side, and what they show. */
    public record CaptionedImages(String caption, List<BufferedImage> images) {
        public CaptionedImages {
            images = List.copyOf(images);
        }
    }
}

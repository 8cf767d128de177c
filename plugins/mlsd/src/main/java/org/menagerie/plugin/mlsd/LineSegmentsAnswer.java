package org.menagerie.plugin.mlsd;

import ai.djl.modality.cv.Image;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.menagerie.plugin.mlsd.LineSegments.Segment;
import org.menagerie.spi.answer.AnswerKind;
import org.menagerie.spi.answer.AnswerView;
import org.menagerie.vision.Drawing;

/** How line segments are told: a line of text each, by their fields as JSON, drawn on the picture, as rows of a table. */
final class LineSegmentsAnswer {
    private static final String CLASS = "line";

    private LineSegmentsAnswer() {}

    static AnswerKind<LineSegments> kind() {
        return new AnswerKind<>(LineSegments.class, (answer, view) -> text(answer))
                .drawnOn(Image.class, LineSegmentsAnswer::draw)
                .table(List.of("x1", "y1", "x2", "y2", "score"), (answer, view) -> rows(answer));
    }

    private static List<String> text(LineSegments answer) {
        return answer.segments().isEmpty()
                ? List.of("no line segments")
                : answer.segments().stream().map(Segment::toString).toList();
    }

    private static List<List<Object>> rows(LineSegments answer) {
        return answer.segments().stream()
                .map(line -> List.<Object>of(line.x1(), line.y1(), line.x2(), line.y2(), line.score()))
                .toList();
    }

    private static BufferedImage draw(Image picture, LineSegments answer, AnswerView view) {
        Drawing drawing = Drawing.over(picture, List.of(CLASS));
        int place = drawing.place(CLASS);
        for (Segment line : answer.segments()) {
            drawing.outline(new Line2D.Double(line.x1(), line.y1(), line.x2(), line.y2()), place);
            drawing.point(line.x1(), line.y1(), place);
            drawing.point(line.x2(), line.y2(), place);
        }
        return drawing.finish();
    }
}

package org.menagerie.vision;

import ai.djl.modality.cv.Image;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.menagerie.spi.answer.AnswerKind;
import org.menagerie.spi.answer.AnswerView;
import org.menagerie.vision.RecognizedText.Corner;

/** Recognized text: a line each; drawn as the outline and number of each line, as its text would hide the picture's. */
final class RecognizedTextAnswer {
    private RecognizedTextAnswer() {}

    static AnswerKind<RecognizedText> kind() {
        return new AnswerKind<>(
                        RecognizedText.class,
                        (text, view) -> text.toString().lines().toList())
                .drawnOn(Image.class, RecognizedTextAnswer::draw)
                .table(List.of("text", "score", "x", "y"), (text, view) -> rows(text));
    }

    private static List<List<Object>> rows(RecognizedText text) {
        return text.lines().stream()
                .map(line -> List.<Object>of(
                        line.text(),
                        line.score(),
                        line.corners().get(0).x(),
                        line.corners().get(0).y()))
                .toList();
    }

    /** Numbers stand before their lines; where a line begins at the picture's edge, in a margin. */
    private static BufferedImage draw(Image picture, RecognizedText text, AnswerView view) {
        int digits = Integer.toString(text.lines().size()).length();
        double room = picture.getWidth() * digits / 20.0;
        boolean fits =
                text.lines().stream().allMatch(line -> line.corners().get(0).x() >= room);
        Drawing drawing = Drawing.over(picture, view.labels(), fits ? 0 : digits);
        for (int i = 0; i < text.lines().size(); i++) {
            line(i + 1, text.lines().get(i).corners(), drawing);
        }
        return drawing.finish();
    }

    private static void line(int number, List<Corner> corners, Drawing drawing) {
        Corner first = corners.get(0);
        Path2D path = new Path2D.Double();
        path.moveTo(first.x(), first.y());
        corners.forEach(corner -> path.lineTo(corner.x(), corner.y()));
        path.closePath();
        drawing.outline(path, number - 1);
        drawing.before(Integer.toString(number), first.x(), first.y(), number - 1);
    }
}

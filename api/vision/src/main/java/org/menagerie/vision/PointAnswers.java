package org.menagerie.vision;

import ai.djl.modality.cv.output.Joints;
import ai.djl.modality.cv.output.Point;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.menagerie.spi.answer.AnswerKind;

/** Points and joints of a body, in pixels of the picture. */
final class PointAnswers {
    private PointAnswers() {}

    static AnswerKind<Point> point() {
        return new AnswerKind<>(Point.class, (point, view) -> List.of(point.toString()))
                .json((point, view) -> JsonNodeFactory.instance
                        .objectNode()
                        .put("x", point.getX())
                        .put("y", point.getY()))
                .table(List.of("x", "y"), (point, view) -> List.of(List.of(point.getX(), point.getY())));
    }

    static AnswerKind<Joints> joints() {
        return new AnswerKind<>(
                        Joints.class,
                        (joints, view) -> joints.toString().lines().toList())
                .json((joints, view) -> view.json(joints.getJoints()));
    }
}

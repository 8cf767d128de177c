package org.menagerie.studio.metric;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.BoundingBox;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import ai.djl.modality.cv.output.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.answer.AnswerKind;
import org.menagerie.spi.answer.AnswerView;
import org.menagerie.studio.report.ConfusionSection;
import org.menagerie.studio.report.ReportPart;
import org.menagerie.studio.report.ReportSection;
import org.menagerie.studio.report.ReportSection.CaptionedImages;
import org.menagerie.studio.report.ReportSection.Cell;
import org.menagerie.studio.report.ReportSection.Curve;
import org.menagerie.studio.report.ReportSection.Curves;
import org.menagerie.studio.report.ReportSection.Table;
import org.menagerie.studio.report.ReportSubject;
import org.menagerie.studio.report.WorstExamples;
import org.menagerie.training.metrics.AveragePrecision;
import org.menagerie.training.metrics.AveragePrecision.Detection;
import org.menagerie.training.metrics.AveragePrecision.Truth;
import org.menagerie.training.metrics.ConfusionMatrix;
import org.menagerie.training.metrics.PrecisionRecall;

/**
 * A detector's average precision by class with its curves, which class was found as which, and the pictures with the most missed
 * objects and false alarms.
 */
final class DetectionPart implements ReportPart<Image, DetectedObjects> {
    /** Less sure answers are neither errors nor drawn. */
    private static final double SURE = .3;

    private static final double LEAST_IOU = .5;
    private static final int MOST_CURVES = 20;
    private static final String NOTHING = "(nothing)";

    private final ReportSubject subject;
    private final DetectionExamples examples;
    private final AveragePrecision precision;
    private final ConfusionMatrix matrix;
    private final int[] objects;
    private final WorstExamples worst = new WorstExamples();

    DetectionPart(ReportSubject subject) {
        this.subject = subject;
        this.examples = DetectionExamples.of(subject.data(), subject.card());
        int classes = examples.labels().size();
        this.precision = new AveragePrecision(classes);
        this.matrix = new ConfusionMatrix(classes + 1);
        this.objects = new int[classes];
    }

    @Override
    public void add(Image input, DetectedObjects answer, Example example) {
        List<Detection> found = examples.found(answer, example);
        List<Truth> present = examples.present(example);
        precision.add(found, present);
        present.stream().filter(truth -> !truth.crowd()).forEach(truth -> objects[truth.label()]++);
        int[] errors = compare(found, present);
        if (errors[0] + errors[1] + errors[2] > 0) {
            String caption = "%s: %d missed, %d of another class, %d where nothing is; left the data, right the answer"
                    .formatted(example.name(), errors[0], errors[1], errors[2]);
            DetectedObjects stated = stated(example);
            worst.add(
                    errors[0] + errors[1] + errors[2],
                    () -> new CaptionedImages(caption, images(input, stated, sure(answer))));
        }
    }

    /** Gives each sure detection, best first, the free object of any class that it overlaps most; counts what is wrong by kind. */
    private int[] compare(List<Detection> found, List<Truth> present) {
        int nothing = objects.length;
        boolean[] taken = new boolean[present.size()];
        int[] errors = new int[3];
        List<Detection> sure = found.stream()
                .filter(detection -> detection.score() >= SURE)
                .sorted((a, b) -> Double.compare(b.score(), a.score()))
                .toList();
        for (Detection detection : sure) {
            int match = -1;
            double best = LEAST_IOU;
            for (int i = 0; i < taken.length; i++) {
                double overlap = detection.box().iou(present.get(i).box());
                if (!taken[i] && overlap >= best) {
                    best = overlap;
                    match = i;
                }
            }
            if (match >= 0 && !present.get(match).crowd()) {
                taken[match] = true;
                matrix.add(present.get(match).label(), detection.label());
                errors[1] += present.get(match).label() == detection.label() ? 0 : 1;
            } else if (match < 0 && !inCrowd(detection, present)) {
                matrix.add(nothing, detection.label());
                errors[2]++;
            }
        }
        for (int i = 0; i < taken.length; i++) {
            if (!taken[i] && !present.get(i).crowd()) {
                matrix.add(present.get(i).label(), nothing);
                errors[0]++;
            }
        }
        return errors;
    }

    private static boolean inCrowd(Detection detection, List<Truth> present) {
        double area = detection.box().area();
        return area > 0
                && present.stream()
                        .filter(Truth::crowd)
                        .anyMatch(crowd -> detection.box().intersection(crowd.box()) >= LEAST_IOU * area);
    }

    /** The objects of the data as an answer, crowds among them. */
    private DetectedObjects stated(Example example) {
        Tensor images = example.column("image");
        float width = images.shape().dim(3);
        float height = images.shape().dim(2);
        float[] boxes = example.floats("boxes");
        long[] labels = example.longs("box_label");
        List<String> names = new ArrayList<>();
        List<BoundingBox> rectangles = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= 0) {
                names.add(examples.labels().get((int) labels[i]));
                rectangles.add(new Rectangle(
                        boxes[4 * i] / width,
                        boxes[4 * i + 1] / height,
                        (boxes[4 * i + 2] - boxes[4 * i]) / width,
                        (boxes[4 * i + 3] - boxes[4 * i + 1]) / height));
            }
        }
        return new DetectedObjects(names, Collections.nCopies(names.size(), 1.0), rectangles);
    }

    private static DetectedObjects sure(DetectedObjects answer) {
        List<DetectedObject> sure = answer.<DetectedObject>items().stream()
                .filter(object -> object.getProbability() >= SURE)
                .toList();
        return new DetectedObjects(
                sure.stream().map(DetectedObject::getClassName).toList(),
                sure.stream().map(DetectedObject::getProbability).toList(),
                sure.stream().map(DetectedObject::getBoundingBox).toList());
    }

    private List<BufferedImage> images(Image input, DetectedObjects stated, DetectedObjects found) {
        AnswerView view = subject.answers().view(input).withLabels(examples.labels());
        return Stream.of(stated, found)
                .flatMap(objectsOf -> view.image(AnswerKind.DRAWING, objectsOf).stream())
                .toList();
    }

    @Override
    public List<ReportSection> sections() {
        List<Integer> occurring = IntStream.range(0, objects.length)
                .filter(label -> objects[label] > 0)
                .boxed()
                .toList();
        List<ReportSection> sections = new ArrayList<>();
        sections.add(
                new ReportSection("Classes", "Average precision at IoU .5, as COCO measures it.", classes(occurring)));
        if (!occurring.isEmpty() && occurring.size() <= MOST_CURVES) {
            sections.add(new ReportSection(
                    "Precision over recall",
                    "At IoU .5, as the least score that counts is lowered.",
                    new Curves(
                            "recall",
                            "precision",
                            occurring.stream().map(this::curve).toList())));
        }
        List<String> names = new ArrayList<>(examples.labels());
        names.add(NOTHING);
        sections.add(new ConfusionSection(
                        matrix, names, "objects (at IoU .5, answers that score %s or more)".formatted(SURE))
                .section());
        sections.addAll(worst.section(
                "Worst errors",
                "Images by the number of objects that are missed, of another class or not there, among answers that score %s or more; the worst first; %d at most."
                        .formatted(SURE, WorstExamples.MOST)));
        return sections;
    }

    private Curve curve(int label) {
        PrecisionRecall curve = precision.curve(label);
        return new Curve(examples.labels().get(label), curve.recall(), curve.precision());
    }

    private Table classes(List<Integer> occurring) {
        return new Table(
                List.of("class", "AP 50", "recall", "objects"),
                occurring.stream()
                        .map(label -> List.of(
                                new Cell(examples.labels().get(label)),
                                new Cell(Figures.number(precision.at50(label))),
                                new Cell(Figures.number(precision.curve(label).lastRecall())),
                                new Cell("%,d".formatted(objects[label]))))
                        .toList());
    }
}

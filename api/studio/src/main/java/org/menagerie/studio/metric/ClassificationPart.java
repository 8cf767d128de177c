package org.menagerie.studio.metric;

import ai.djl.modality.Classifications;
import ai.djl.modality.Classifications.Classification;
import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.menagerie.spi.answer.AnswerKind;
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
import org.menagerie.training.metrics.ConfusionMatrix;

/**
 * A classifier's confusion matrix, the figures of each class, curves of precision over recall, and the answers that were wrong and the
 * most certain.
 */
final class ClassificationPart<I> implements ReportPart<I, Classifications> {
    private static final int MOST_CURVES = 20;

    private final ReportSubject subject;
    private final List<String> names;
    private final ConfusionMatrix matrix;
    private final List<ClassCurve> curves = new ArrayList<>();
    private final WorstExamples worst = new WorstExamples();

    ClassificationPart(ReportSubject subject) {
        this.subject = subject;
        List<String> labels = subject.card().labels();
        this.names = labels.isEmpty() ? subject.data().info().labels() : labels;
        this.matrix = new ConfusionMatrix(names.size());
        if (names.size() <= MOST_CURVES) {
            names.forEach(name -> curves.add(new ClassCurve(new ArrayList<>())));
        }
    }

    /** Each example's probability of a class, and whether it is of it. */
    private record ClassCurve(List<Scored> examples) {
        private record Scored(double score, boolean hit) {}

        void add(double score, boolean hit) {
            examples.add(new Scored(score, hit));
        }

        Curve curve(String name) {
            List<Scored> sorted = examples.stream()
                    .sorted(Comparator.comparingDouble(Scored::score).reversed())
                    .toList();
            long all = sorted.stream().filter(Scored::hit).count();
            double[] recall = new double[sorted.size()];
            double[] precision = new double[sorted.size()];
            int hits = 0;
            for (int i = 0; i < recall.length; i++) {
                hits += sorted.get(i).hit() ? 1 : 0;
                recall[i] = (double) hits / all;
                precision[i] = (double) hits / (i + 1);
            }
            return new Curve(name, recall, precision);
        }
    }

    @Override
    public void add(I input, Classifications answer, Example example) {
        int label = (int) example.number("label");
        Classification best = answer.best();
        int predicted = names.indexOf(best.getClassName());
        if (predicted < 0 || label >= names.size()) {
            return;
        }
        matrix.add(label, predicted);
        if (!curves.isEmpty()) {
            answer.<Classification>items().forEach(item -> {
                int place = names.indexOf(item.getClassName());
                if (place >= 0) {
                    curves.get(place).add(item.getProbability(), place == label);
                }
            });
        }
        if (predicted != label) {
            String caption = "%s: %s, answered as %s"
                    .formatted(
                            example.name(),
                            names.get(label),
                            String.format(Locale.ROOT, "%s %.2f", best.getClassName(), best.getProbability()));
            worst.add(best.getProbability(), () -> new CaptionedImages(caption, images(input, answer)));
        }
    }

    private List<BufferedImage> images(I input, Classifications answer) {
        if (!(input instanceof Image)) {
            return List.of();
        }
        return subject.answers()
                .view(input)
                .withLabels(names)
                .image(AnswerKind.DRAWING, answer)
                .map(List::of)
                .orElse(List.of());
    }

    @Override
    public List<ReportSection> sections() {
        List<ReportSection> sections = new ArrayList<>();
        sections.add(new ConfusionSection(matrix, names, "examples").section());
        sections.add(new ReportSection(
                "Classes",
                "The figures of each class; the data has as many examples of it as its support.",
                classes()));
        List<Curve> drawn = IntStream.range(0, curves.size())
                .filter(label -> matrix.support(label) > 0)
                .mapToObj(label -> curves.get(label).curve(names.get(label)))
                .toList();
        if (!drawn.isEmpty()) {
            sections.add(new ReportSection(
                    "Precision over recall",
                    "Each class against all others, as the least probability that counts is lowered.",
                    new Curves("recall", "precision", drawn)));
        }
        sections.addAll(worst.section(
                "Worst errors", "Wrong answers, the most certain first; %d at most.".formatted(WorstExamples.MOST)));
        return sections;
    }

    private Table classes() {
        return new Table(
                List.of("class", "precision", "recall", "F1", "support"),
                IntStream.range(0, names.size())
                        .filter(label -> matrix.support(label) > 0)
                        .mapToObj(label -> List.of(
                                new Cell(names.get(label)),
                                new Cell(Figures.number(matrix.precision(label))),
                                new Cell(Figures.number(matrix.recall(label))),
                                new Cell(Figures.number(matrix.f1(label))),
                                new Cell("%,d".formatted(matrix.support(label)))))
                        .toList());
    }
}

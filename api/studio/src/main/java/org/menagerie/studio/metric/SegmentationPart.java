package org.menagerie.studio.metric;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.CategoryMask;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.menagerie.spi.answer.AnswerKind;
import org.menagerie.spi.answer.AnswerView;
import org.menagerie.studio.report.ConfusionSection;
import org.menagerie.studio.report.ReportPart;
import org.menagerie.studio.report.ReportSection;
import org.menagerie.studio.report.ReportSection.CaptionedImages;
import org.menagerie.studio.report.ReportSection.Cell;
import org.menagerie.studio.report.ReportSection.Table;
import org.menagerie.studio.report.ReportSubject;
import org.menagerie.studio.report.WorstExamples;
import org.menagerie.training.metrics.ConfusionMatrix;

/** A segmenter's confusion matrix over pixels, the IoU of each class, and the pictures with the most wrong pixels. */
final class SegmentationPart implements ReportPart<Image, CategoryMask> {
    private static final String BACKGROUND = "background";

    private final ReportSubject subject;
    private final List<String> names;
    private final ConfusionMatrix matrix;
    private final WorstExamples worst = new WorstExamples();

    SegmentationPart(ReportSubject subject) {
        this.subject = subject;
        this.names = Stream.concat(Stream.of(BACKGROUND), subject.data().info().labels().stream())
                .toList();
        this.matrix = new ConfusionMatrix(names.size());
    }

    @Override
    public void add(Image input, CategoryMask answer, Example example) {
        int[] actual =
                Arrays.stream(example.longs("mask")).mapToInt(Math::toIntExact).toArray();
        int[] numbers = answer.getClasses().stream().mapToInt(names::indexOf).toArray();
        int[] predicted = Arrays.stream(answer.getMask())
                .flatMapToInt(Arrays::stream)
                .map(c -> numbers[c])
                .toArray();
        matrix.addMask(actual, predicted, -1);
        long wrong = IntStream.range(0, actual.length)
                .filter(i -> actual[i] != predicted[i])
                .count();
        double share = (double) wrong / Math.max(1, actual.length);
        String caption = "%s: %s of the pixels are wrong; left the data, right the answer"
                .formatted(example.name(), String.format(Locale.ROOT, "%.1f %%", 100 * share));
        int width = input.getWidth();
        worst.add(share, () -> new CaptionedImages(caption, images(input, answer, actual, width)));
    }

    private List<BufferedImage> images(Image input, CategoryMask answer, int[] actual, int width) {
        int[][] rows = new int[actual.length / width][];
        Arrays.setAll(rows, y -> Arrays.copyOfRange(actual, y * width, (y + 1) * width));
        AnswerView view =
                subject.answers().view(input).withLabels(subject.data().info().labels());
        return Stream.of(new CategoryMask(names, rows), answer)
                .flatMap(mask -> view.image(AnswerKind.DRAWING, mask).stream())
                .toList();
    }

    @Override
    public List<ReportSection> sections() {
        List<ReportSection> sections = new ArrayList<>();
        sections.add(new ConfusionSection(matrix, names, "pixels").section());
        sections.add(
                new ReportSection("Classes", "The figures of each class over the pixels of all pictures.", classes()));
        sections.addAll(worst.section(
                "Worst errors",
                "Images by the share of wrong pixels, the worst first; %d at most.".formatted(WorstExamples.MOST)));
        return sections;
    }

    private Table classes() {
        return new Table(
                List.of("class", "IoU", "precision", "recall", "pixels"),
                IntStream.range(0, names.size())
                        .mapToObj(label -> List.of(
                                new Cell(names.get(label)),
                                new Cell(Figures.number(matrix.iou(label))),
                                new Cell(Figures.number(matrix.precision(label))),
                                new Cell(Figures.number(matrix.recall(label))),
                                new Cell("%,d".formatted(matrix.support(label)))))
                        .toList());
    }
}

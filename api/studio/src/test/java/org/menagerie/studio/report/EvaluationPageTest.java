package org.menagerie.studio.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.studio.metric.EvaluationReport;
import org.menagerie.studio.report.ReportSection.CaptionedImages;
import org.menagerie.studio.report.ReportSection.Cell;
import org.menagerie.studio.report.ReportSection.Curve;
import org.menagerie.studio.report.ReportSection.Curves;
import org.menagerie.studio.report.ReportSection.Images;
import org.menagerie.studio.report.ReportSection.Table;
import org.menagerie.training.metrics.ConfusionMatrix;

class EvaluationPageTest {
    private static final String EVIL = "<script>alert('\"&')</script>\u0000\u202E\uD800.png";
    private static final String SHOWN =
            "&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;\uFFFD\uFFFD\uFFFD.png";

    @TempDir
    Path folder = Path.of("");

    /** Every place that a text can come to. */
    @Test
    void textsAreEscapedWhereverTheyStand() {
        BufferedImage image = new BufferedImage(1000, 10, BufferedImage.TYPE_INT_RGB);
        ReportSection section = new ReportSection(
                EVIL,
                EVIL,
                new Table(List.of(EVIL), List.of(List.of(new Cell(EVIL, .5)))),
                new Curves(EVIL, EVIL, List.of(new Curve(EVIL, new double[] {0, 1}, new double[] {1, .5}))),
                new Images(List.of(new CaptionedImages(EVIL, List.of(image)))));
        String html =
                new EvaluationPage(new EvaluationReport(EVIL, EVIL, 1, Map.of(EVIL, 1.0)), List.of(section)).html();
        assertThat(html).doesNotContain("<script", "\u0000", "\u202E");
        assertThat(html.split(Pattern.quote(SHOWN), -1)).hasSize(1 + 12);
    }

    /** Nothing is asked for from elsewhere, by the page's own policy and because it names no address. */
    @Test
    void nothingIsLoadedFromElsewhere() {
        String html =
                new EvaluationPage(new EvaluationReport("m", "d", 0, Map.of("accuracy", Double.NaN)), List.of()).html();
        assertThat(html).contains("default-src 'none'; img-src data:").contains("<td>-</td>");
        assertThat(html.replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http:", "https:", "//", "url(", "@import", "<link");
    }

    @Test
    void anEarlierPageIsReplacedAndAnotherFileIsNot() throws IOException {
        EvaluationPage page = new EvaluationPage(new EvaluationReport("m", "d", 1, Map.of("a", .5)), List.of());
        Path file = page.write(folder.resolve("new/report"));
        page.write(folder.resolve("new/report"));
        assertThat(file).exists();
        Files.writeString(folder.resolve("index.html"), "<p>mine</p>");
        assertThatThrownBy(() -> page.write(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("%s is not a report of an evaluation; name another folder for the report"
                        .formatted(folder.resolve("index.html")));
        assertThat(folder.resolve("index.html")).hasContent("<p>mine</p>");
        assertThatThrownBy(() -> EvaluationPage.requireFree(folder.resolve("index.html")))
                .hasMessageContaining("is a file");
    }

    @Test
    void emptyCurvesAndMatricesAreShownToo() {
        ReportSection matrix = new ConfusionSection(new ConfusionMatrix(2), List.of("a", "b"), "examples").section();
        Curves empty = new Curves("x", "y", List.of(new Curve("none", new double[0], new double[0])));
        String html = new EvaluationPage(
                        new EvaluationReport("m", "d", 0, Map.of()),
                        List.of(matrix, new ReportSection("t", "", empty, new Curves("x", "y", List.of()))))
                .html();
        assertThat(html).contains("Confusion matrix", "none").doesNotContain("NaN");
    }

    @Test
    void ofManyClassesTheMostFrequentConfusionsAreListed() {
        List<String> names = IntStream.range(0, 100).mapToObj(i -> "class " + i).toList();
        ConfusionMatrix matrix = new ConfusionMatrix(100);
        matrix.add(1, 1);
        matrix.add(2, 3);
        matrix.add(4, 5);
        matrix.add(4, 5);
        Table table = (Table) new ConfusionSection(matrix, names, "examples")
                .section()
                .blocks()
                .get(0);
        assertThat(table.rows()).hasSize(2);
        assertThat(table.rows().get(0)).extracting(Cell::text).containsExactly("class 4", "class 5", "2");
    }

    @Test
    void theWorstAreKeptAndTheWorstComesFirst() {
        WorstExamples worst = new WorstExamples();
        for (int i = 0; i < 100; i++) {
            String caption = String.valueOf(i);
            worst.add(i % 50, () -> new CaptionedImages(caption, List.of()));
        }
        Images pictures = (Images) worst.section("t", "").get(0).blocks().get(0);
        assertThat(pictures.images()).hasSize(WorstExamples.MOST);
        assertThat(pictures.images()).extracting(CaptionedImages::caption).startsWith("49", "99", "48", "98");
        assertThat(new WorstExamples().section("t", "")).isEmpty();
    }
}

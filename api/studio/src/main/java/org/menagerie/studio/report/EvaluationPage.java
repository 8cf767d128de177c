package org.menagerie.studio.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ZooException;
import org.menagerie.studio.metric.EvaluationReport;
import org.menagerie.studio.metric.Figures;
import org.menagerie.studio.report.ReportSection.Block;
import org.menagerie.studio.report.ReportSection.CaptionedImages;
import org.menagerie.studio.report.ReportSection.Cell;
import org.menagerie.studio.report.ReportSection.Curves;
import org.menagerie.studio.report.ReportSection.Images;
import org.menagerie.studio.report.ReportSection.Table;
import org.menagerie.weights.AtomicFile;

/**
 * An evaluation as one HTML file that needs nothing else: pictures are in it, nothing is loaded from elsewhere, and nothing in it is a
 * script. All texts are escaped.
 */
public record EvaluationPage(EvaluationReport report, List<ReportSection> sections) {
    /** The file in the folder. */
    public static final String FILE = "index.html";

    private static final String MARK = "<!-- an evaluation by Menagerie -->";
    private static final String START = """
            <!doctype html>
            %s
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s</title>
            <style>
            body { font: 15px/1.5 sans-serif; margin: 2em auto; max-width: 75em; padding: 0 1em; color: #222; background: #fff }
            table { border-collapse: collapse; display: block; overflow-x: auto; margin: 1em 0 }
            th, td { padding: .25em .6em; border: 1px solid #ddd; text-align: right }
            th:first-child, td:first-child { text-align: left }
            figure { display: inline-block; vertical-align: top; margin: 0 1em 1em 0; max-width: 100%% }
            figure img { display: inline-block; max-width: 30em; margin-right: .3em }
            figcaption { max-width: 36em; overflow-wrap: anywhere }
            .dark { color: #fff }
            </style>
            </head>
            <body>
            """;

    public EvaluationPage {
        sections = List.copyOf(sections);
    }

    /**
     * Fails if the folder has a file of the page's name that is not such a page.
     *
     * @throws InvalidInputException in that case
     */
    public static void requireFree(Path folder) {
        Path file = folder.resolve(FILE);
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new InvalidInputException("The report needs a folder; %s is a file".formatted(folder));
        }
        try {
            if (Files.exists(file) && !new String(Files.readAllBytes(file), StandardCharsets.UTF_8).contains(MARK)) {
                throw new InvalidInputException(
                        "%s is not a report of an evaluation; name another folder for the report".formatted(file));
            }
        } catch (IOException e) {
            throw new ZooException("Cannot read %s: %s".formatted(file, e), e);
        }
    }

    /**
     * Writes the page, in place of an earlier one.
     *
     * @return the file
     */
    public Path write(Path folder) {
        requireFree(folder);
        byte[] bytes = html().getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve(FILE);
        AtomicFile.writeStream(file, out -> out.write(bytes));
        return file;
    }

    String html() {
        StringBuilder html = new StringBuilder(START.formatted(MARK, HtmlText.escaped(report.model())));
        html.append("<h1>%s</h1>\n<p>%s, %,d examples</p>\n"
                .formatted(HtmlText.escaped(report.model()), HtmlText.escaped(report.data()), report.examples()));
        table(
                new Table(
                        List.of("figure", "value"),
                        report.figures().entrySet().stream()
                                .map(figure -> List.of(
                                        new Cell(Figures.name(figure.getKey())),
                                        new Cell(Figures.number(figure.getValue()))))
                                .toList()),
                html);
        for (ReportSection section : sections) {
            html.append("<h2>%s</h2>\n<p>%s</p>\n"
                    .formatted(HtmlText.escaped(section.title()), HtmlText.escaped(section.text())));
            section.blocks().forEach(block -> block(block, html));
        }
        return html.append("</body>\n</html>\n").toString();
    }

    private static void block(Block block, StringBuilder html) {
        if (block instanceof Table table) {
            table(table, html);
        } else if (block instanceof Curves curves) {
            html.append(CurvePlot.svg(curves));
        } else if (block instanceof Images pictures) {
            pictures.images().forEach(picture -> figure(picture, html));
        }
    }

    private static void table(Table table, StringBuilder html) {
        html.append("<table>\n<tr>");
        table.header()
                .forEach(name ->
                        html.append("<th>").append(HtmlText.escaped(name)).append("</th>"));
        html.append("</tr>\n");
        for (List<Cell> row : table.rows()) {
            html.append("<tr>");
            row.forEach(cell -> cell(cell, html));
            html.append("</tr>\n");
        }
        html.append("</table>\n");
    }

    private static void cell(Cell cell, StringBuilder html) {
        // Not a number and what is outside of 0 to 1 have no ground.
        int light = cell.shade() > 0 && cell.shade() <= 1 ? (int) Math.round(100 - 60 * cell.shade()) : 100;
        html.append(
                light == 100
                        ? "<td>"
                        : "<td%s style=\"background:hsl(215,70%%,%d%%)\">"
                                .formatted(light < 60 ? " class=\"dark\"" : "", light));
        html.append(HtmlText.escaped(cell.text())).append("</td>");
    }

    private static void figure(CaptionedImages picture, StringBuilder html) {
        html.append("<figure>");
        for (BufferedImage image : picture.images()) {
            html.append("<img alt=\"\" src=\"data:image/png;base64,")
                    .append(ReportImage.base64(image))
                    .append("\">");
        }
        html.append("<figcaption>").append(HtmlText.escaped(picture.caption())).append("</figcaption></figure>\n");
    }
}

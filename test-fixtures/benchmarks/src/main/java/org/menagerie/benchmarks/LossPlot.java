package org.menagerie.benchmarks;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.w3c.dom.Document;

/**
 * Losses by step as lines, both axes logarithmic, in an SVG file with a white ground of its own, which can be read on a
 * dark page too.
 *
 * @param losses by series, then by step
 */
record LossPlot(String title, Map<String, Map<Integer, Double>> losses) {
    /** Eight colours that people with any colour vision tell apart (Okabe and Ito 2008), yellow made darker. */
    private static final List<Color> COLOURS = List.of(
            new Color(0x000000),
            new Color(0xE69F00),
            new Color(0x56B4E9),
            new Color(0x009E73),
            new Color(0xB8A800),
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0xCC79A7));

    private static final int WIDTH = 900;
    private static final int HEIGHT = 520;
    private static final Font FONT = new Font("SansSerif", Font.PLAIN, 13);

    void write(Path file) throws IOException {
        Document document =
                GenericDOMImplementation.getDOMImplementation().createDocument("http://www.w3.org/2000/svg", "svg", null);
        SVGGraphics2D graphics = new SVGGraphics2D(document);
        graphics.setSVGCanvasSize(new java.awt.Dimension(WIDTH, HEIGHT));
        chart().paint(graphics, WIDTH, HEIGHT);
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            graphics.stream(writer, true);
        }
    }

    private XYChart chart() {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("steps")
                .yAxisTitle("loss")
                .build();
        Styler styler = chart.getStyler();
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.OutsideE);
        styler.setLegendFont(FONT);
        styler.setLegendBorderColor(Color.WHITE);
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        int number = 0;
        for (Map.Entry<String, Map<Integer, Double>> entry : losses.entrySet()) {
            List<Integer> steps = new ArrayList<>(entry.getValue().keySet());
            List<Double> values = new ArrayList<>(entry.getValue().values());
            XYSeries series = chart.addSeries(entry.getKey(), steps, values);
            series.setLineColor(COLOURS.get(number % COLOURS.size()));
            series.setLineStyle(stroke(number / COLOURS.size() > 0));
            series.setMarker(SeriesMarkers.NONE);
            number++;
        }
        return chart;
    }

    private static BasicStroke stroke(boolean dashed) {
        return dashed
                ? new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {7f, 4f}, 0f)
                : new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }
}

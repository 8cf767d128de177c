package org.menagerie.studio.report;

import java.util.Locale;
import org.menagerie.studio.report.ReportSection.Curve;
import org.menagerie.studio.report.ReportSection.Curves;

/** Curves as an SVG element, with their names in a legend. */
final class CurvePlot {
    private static final int SIDE = 320;
    private static final int LEFT = 50;
    private static final int TOP = 10;
    private static final int LINE = 18;
    /** More points than this would be closer than pixels. */
    private static final int MOST_POINTS = 400;

    private CurvePlot() {}

    static String svg(Curves curves) {
        int height = Math.max(SIDE + 60, TOP + LINE * (curves.curves().size() + 1));
        StringBuilder svg = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-size=\"12\">\n"
                        .formatted(LEFT + SIDE + 300, height));
        for (int tenth = 0; tenth <= 10; tenth += 2) {
            double x = LEFT + SIDE * tenth / 10.0;
            double y = TOP + SIDE * (1 - tenth / 10.0);
            svg.append(text("<path d=\"M%.1f %dv%dM%d %.1fh%d\" stroke=\"#ddd\"/>\n", x, TOP, SIDE, LEFT, y, SIDE));
            svg.append(text(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.1f</text>\n",
                    x, TOP + SIDE + 16, tenth / 10.0));
            svg.append(
                    text("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>\n", LEFT - 6, y + 4, tenth / 10.0));
        }
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
                .formatted(LEFT + SIDE / 2, TOP + SIDE + 34, HtmlText.escaped(curves.across())));
        svg.append("<text transform=\"translate(14,%d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n"
                .formatted(TOP + SIDE / 2, HtmlText.escaped(curves.up())));
        for (int i = 0; i < curves.curves().size(); i++) {
            curve(curves.curves().get(i), i, curves.curves().size(), svg);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void curve(Curve curve, int number, int count, StringBuilder svg) {
        String color = "hsl(%d,70%%,%d%%)".formatted(360 * number / Math.max(1, count), number % 2 == 0 ? 40 : 55);
        int points = curve.x().length;
        int step = Math.max(1, points / MOST_POINTS);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < points; i += i + step < points || i == points - 1 ? step : points - 1 - i) {
            path.append(text(
                    "%s%.1f %.1f", i == 0 ? "M" : "L", LEFT + SIDE * curve.x()[i], TOP + SIDE * (1 - curve.y()[i])));
        }
        svg.append("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>\n".formatted(path, color));
        int y = TOP + LINE * (number + 1);
        svg.append("<path d=\"M%d %dh16\" stroke=\"%s\" stroke-width=\"3\"/><text x=\"%d\" y=\"%d\">%s</text>\n"
                .formatted(LEFT + SIDE + 20, y - 4, color, LEFT + SIDE + 42, y, HtmlText.escaped(curve.name())));
    }

    private static String text(String format, Object... parts) {
        return String.format(Locale.ROOT, format, parts);
    }
}

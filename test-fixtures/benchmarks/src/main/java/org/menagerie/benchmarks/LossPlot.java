package org.menagerie.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Losses by step as lines, both axes logarithmic, in an SVG file of a few kilobytes with a white ground of its own, which
 * can be read on a dark page too. The legend stands in the order in which the lines end; what falls below a hundredth of
 * the highest loss leaves the plot at its lower edge.
 *
 * @param losses by series, then by step
 */
record LossPlot(String title, Map<String, Map<Integer, Double>> losses) {
    /** Colours that people with any colour vision tell apart (Okabe and Ito 2008), yellow made darker. */
    private static final List<String> COLOURS =
            List.of("#000000", "#e69f00", "#56b4e9", "#009e73", "#b8a800", "#0072b2", "#d55e00", "#cc79a7");

    private static final double WIDTH = 860;
    private static final double HEIGHT = 480;
    private static final double LEFT = 70;
    private static final double RIGHT = WIDTH - 190;
    private static final double TOP = 44;
    private static final double BOTTOM = HEIGHT - 50;

    /** A logarithmic axis from one place on the paper to another. */
    private record Axis(double low, double high, double from, double to) {
        double at(double value) {
            double share = Math.log(value / low) / Math.log(high / low);
            return from + share * (to - from);
        }

        /** One, two and five times the powers of ten; those powers alone where that would be too many. */
        List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            boolean many = high / low > 2e3;
            for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
                for (double factor : many ? new double[] {1} : new double[] {1, 2, 5}) {
                    double tick = factor * Math.pow(10, power);
                    if (tick >= low * 0.999 && tick <= high * 1.001) {
                        ticks.add(tick);
                    }
                }
            }
            return ticks;
        }
    }

    void write(Path file) throws IOException {
        Files.writeString(file, svg());
    }

    private String svg() {
        Axis x = new Axis(1, steps(), LEFT, RIGHT);
        Axis y = new Axis(Math.max(lowest(), highest() / 100) / 1.2, highest() * 1.2, BOTTOM, TOP);
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" font-family=\"sans-serif\" "
                        + "font-size=\"13\" fill=\"#333333\">%n<rect width=\"100%%\" height=\"100%%\" rx=\"6\" "
                        + "fill=\"#ffffff\"/>",
                WIDTH,
                HEIGHT);
        add(
                svg,
                "<clipPath id=\"plot\"><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/></clipPath>",
                LEFT,
                TOP,
                RIGHT - LEFT,
                BOTTOM - TOP);
        text(svg, (LEFT + RIGHT) / 2, TOP - 18, "middle", title);
        text(svg, (LEFT + RIGHT) / 2, HEIGHT - 10, "middle", "steps");
        for (double tick : x.ticks()) {
            line(svg, x.at(tick), TOP, x.at(tick), BOTTOM);
            text(svg, x.at(tick), BOTTOM + 18, "middle", number(tick));
        }
        for (double tick : y.ticks()) {
            line(svg, LEFT, y.at(tick), RIGHT, y.at(tick));
            text(svg, LEFT - 8, y.at(tick) + 4, "end", number(tick));
        }
        lines(svg, x, y);
        return svg.append("</svg>\n").toString();
    }

    private void lines(StringBuilder svg, Axis x, Axis y) {
        List<String> names = new ArrayList<>(losses.keySet());
        List<String> legend = new ArrayList<>(names);
        legend.sort((a, b) -> Double.compare(last(b), last(a)));
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            StringBuilder points = new StringBuilder();
            losses.getOrDefault(name, Map.of())
                    .forEach((step, loss) -> add(points, "%.1f,%.1f ", x.at(step), y.at(loss)));
            String style = "stroke=\"%s\" stroke-width=\"2\"%s"
                    .formatted(COLOURS.get(i % COLOURS.size()), i < COLOURS.size() ? "" : " stroke-dasharray=\"7 4\"");
            add(
                    svg,
                    "<polyline clip-path=\"url(#plot)\" fill=\"none\" stroke-linejoin=\"round\" %s points=\"%s\"/>",
                    style,
                    points);
            double height = TOP + 12 + 22 * legend.indexOf(name);
            add(svg, "<path d=\"M%.1f %.1fh30\" %s/>", RIGHT + 16, height - 4, style);
            text(svg, RIGHT + 54, height, "start", name);
        }
    }

    private static void add(StringBuilder svg, String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append(format.startsWith("%") ? "" : "\n");
    }

    private static void line(StringBuilder svg, double fromX, double fromY, double toX, double toY) {
        add(svg, "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"#dddddd\"/>", fromX, fromY, toX, toY);
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        add(svg, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, text);
    }

    private static String number(double value) {
        return value >= 0.001
                ? Double.toString(value).replaceAll("\\.0$", "")
                : String.format(Locale.ROOT, "%.0e", value);
    }

    private double last(String name) {
        return losses.getOrDefault(name, Map.of()).values().stream()
                .reduce((earlier, later) -> later)
                .orElse(Double.NaN);
    }

    private double steps() {
        return losses.values().stream()
                .flatMap(series -> series.keySet().stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(10);
    }

    private double lowest() {
        return values().min().orElse(0.1);
    }

    private double highest() {
        return values().max().orElse(1);
    }

    private java.util.stream.DoubleStream values() {
        return losses.values().stream()
                .flatMap(series -> series.values().stream())
                .mapToDouble(Double::doubleValue);
    }
}

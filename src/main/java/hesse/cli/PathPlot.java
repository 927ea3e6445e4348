package hesse.cli;

import hesse.Objective;
import hesse.measure.Picture;
import hesse.optimize.Minimum;
import hesse.optimize.Step;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The paths of methods in two variables over lines of equal cost (marching squares; Lorensen and Cline, SIGGRAPH 1987,
 * in the plane).
 */
final class PathPlot {
    private static final int CELLS = 160;
    private static final int LEVELS = 14;

    private PathPlot() {}

    static void write(Objective objective, Problem problem, List<Minimum> results, Path file) throws IOException {
        double[][] range = {{problem.at()[0], problem.at()[0]}, {problem.at()[1], problem.at()[1]}};
        for (Minimum result : results) {
            extend(range, result.x());
            for (Step step : result.steps()) {
                extend(range, step.point());
            }
        }
        for (double[] axis : range) {
            double margin = axis[1] > axis[0] ? 0.25 * (axis[1] - axis[0]) : 1;
            axis[0] -= margin;
            axis[1] += margin;
        }
        even(range);
        XYChart chart = new XYChartBuilder().width(900).height(700).title("Paths over lines of equal cost")
                .xAxisTitle(problem.variables().get(0)).yAxisTitle(problem.variables().get(1)).build();
        Picture.plain(chart.getStyler());
        chart.getStyler().setXAxisMin(range[0][0]);
        chart.getStyler().setXAxisMax(range[0][1]);
        chart.getStyler().setYAxisMin(range[1][0]);
        chart.getStyler().setYAxisMax(range[1][1]);
        contours(chart, objective, range, results.stream().mapToDouble(Minimum::value).min().orElse(0));
        for (int k = 0; k < results.size(); k++) {
            path(chart, problem, results.get(k), ConvergencePlot.COLOURS[k % ConvergencePlot.COLOURS.length],
                    results.size() - k);
        }
        Picture.save(chart, file);
    }

    private static void extend(double[][] range, double[] point) {
        for (int i = 0; i < point.length && Double.isFinite(point[i]); i++) {
            range[i][0] = Math.min(range[i][0], point[i]);
            range[i][1] = Math.max(range[i][1], point[i]);
        }
    }

    /** Widens the shorter axis to at least a third of the longer, so that shapes can be seen. */
    private static void even(double[][] range) {
        double width = Math.max(range[0][1] - range[0][0], range[1][1] - range[1][0]);
        for (double[] axis : range) {
            double missing = width / 3 - (axis[1] - axis[0]);
            if (missing > 0) {
                axis[0] -= missing / 2;
                axis[1] += missing / 2;
            }
        }
    }

    private static void path(XYChart chart, Problem problem, Minimum result, Color colour, int width) {
        double[] x = new double[result.steps().size() + 1];
        double[] y = new double[x.length];
        x[0] = problem.at()[0];
        y[0] = problem.at()[1];
        for (int i = 1; i < x.length; i++) {
            x[i] = result.steps().get(i - 1).point()[0];
            y[i] = result.steps().get(i - 1).point()[1];
        }
        String name = result.method().name().toLowerCase(Locale.ROOT) + " (" + result.steps().size() + " steps)";
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(colour).setLineColor(colour)
                .setLineWidth(1f + 0.5f * width).setLineStyle(SeriesLines.SOLID);
    }

    /**
     * Draws lines of equal cost at quantiles of the costs in the picture, denser near the lowest, so that valleys show.
     */
    private static void contours(XYChart chart, Objective objective, double[][] range, double lowest) {
        double[][] cost = new double[CELLS + 1][CELLS + 1];
        List<Double> sorted = new ArrayList<>();
        for (int i = 0; i <= CELLS; i++) {
            for (int j = 0; j <= CELLS; j++) {
                cost[i][j] = objective.value(new double[] {at(range[0], i), at(range[1], j)});
                if (Double.isFinite(cost[i][j])) {
                    sorted.add(cost[i][j]);
                }
            }
        }
        sorted.sort(null);
        for (int k = 0; k < LEVELS && !sorted.isEmpty(); k++) {
            double part = (k + 0.5) / LEVELS;
            double level = lowest + (sorted.get((int) (part * part * (sorted.size() - 1))) - lowest);
            List<double[]> segments = segments(cost, level, range);
            if (!segments.isEmpty()) {
                // a NaN after each segment lifts the pen
                double[] x = segments.stream().flatMapToDouble(s -> DoubleStream.of(s[0], s[2], s[2])).toArray();
                double[] y = segments.stream().flatMapToDouble(s -> DoubleStream.of(s[1], s[3], Double.NaN)).toArray();
                XYSeries series = chart.addSeries("cost " + k, x, y);
                series.setMarker(SeriesMarkers.NONE).setLineColor(new Color(0xb8c4d6)).setLineWidth(1f)
                        .setLineStyle(SeriesLines.SOLID).setShowInLegend(false);
            }
        }
    }

    private static double at(double[] axis, double i) {
        return axis[0] + (axis[1] - axis[0]) * i / CELLS;
    }

    /**
     * The segments along which the cost has a level, {x1, y1, x2, y2}: in each cell between the points where the level
     * crosses its sides.
     */
    private static List<double[]> segments(double[][] cost, double level, double[][] range) {
        List<double[]> segments = new ArrayList<>();
        int[][] corners = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
        for (int i = 0; i < CELLS; i++) {
            for (int j = 0; j < CELLS; j++) {
                List<double[]> crossings = new ArrayList<>();
                for (int side = 0; side < 4; side++) {
                    int[] a = corners[side];
                    int[] b = corners[(side + 1) % 4];
                    double from = cost[i + a[0]][j + a[1]] - level;
                    double to = cost[i + b[0]][j + b[1]] - level;
                    if (from < 0 != to < 0 && Double.isFinite(from) && Double.isFinite(to)) {
                        double t = from / (from - to);
                        crossings.add(new double[] {at(range[0], i + a[0] + t * (b[0] - a[0])),
                                at(range[1], j + a[1] + t * (b[1] - a[1]))});
                    }
                }
                for (int k = 0; k + 1 < crossings.size(); k += 2) {
                    segments.add(new double[] {crossings.get(k)[0], crossings.get(k)[1], crossings.get(k + 1)[0],
                            crossings.get(k + 1)[1]});
                }
            }
        }
        return segments;
    }
}

package hesse.cli;

import hesse.measure.Picture;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws the cost along a step: what it does, what the gradient predicts (dashed), what the quadratic model predicts.
 */
final class CostPlot {
    private static final int POINTS = 201;
    private static final Color ACTUAL = new Color(0x1f4e9c);
    private static final Color QUADRATIC = new Color(0xd9772b);
    private static final Color LINEAR = new Color(0x6b6b6b);

    private CostPlot() {}

    /** Writes the plot of an analysis: the cost at x - t g for t from 0 to twice the step, t in units of the step. */
    static void write(Analysis analysis, String title, Path file) throws IOException {
        Picture.requireFormat(file);
        double value = analysis.curvature().value();
        double unit = analysis.step() == 0 ? 1 : analysis.step();
        double linearDecrease = analysis.prediction().linear();
        double quadraticDecrease = analysis.prediction().quadratic();
        double[] t = new double[POINTS];
        double[] actual = new double[POINTS];
        double[] linear = new double[POINTS];
        double[] quadratic = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            t[i] = 2.0 * i / (POINTS - 1);
            actual[i] = analysis.costAlong(unit * t[i]);
            linear[i] = value - t[i] * linearDecrease;
            quadratic[i] = linear[i] + t[i] * t[i] * (linearDecrease - quadraticDecrease);
        }
        CostAxis range = CostAxis.of(value, linear, quadratic, actual);
        XYChart chart = chart(title, analysis, unit, range);
        line(chart, "gradient's prediction", t, range.clipped(linear), LINEAR, SeriesLines.DASH_DASH);
        line(chart, "quadratic prediction", t, range.clipped(quadratic), QUADRATIC, SeriesLines.SOLID);
        line(chart, "cost", t, range.clipped(actual), ACTUAL, SeriesLines.SOLID);
        mark(chart, "here", 0, value, ACTUAL);
        double after = value - analysis.prediction().actual();
        if (analysis.step() > 0 && range.contains(after)) {
            mark(chart, "after the step", 1, after, QUADRATIC);
        }
        Picture.save(chart, file);
    }

    private static XYChart chart(String title, Analysis analysis, double unit, CostAxis range) {
        boolean best = analysis.curvature().bestStep() == analysis.step();
        String axis = String.format(Locale.ROOT, "step along -gradient, in units of %.3g%s", unit,
                best ? " (the best step)" : "");
        XYChart chart = new XYChartBuilder().width(900).height(560).title(title).xAxisTitle(axis)
                .yAxisTitle("cost").build();
        XYStyler style = chart.getStyler();
        style.setYAxisMin(range.low);
        style.setYAxisMax(range.high);
        style.setXAxisMin(-0.1);
        style.setXAxisMax(2.1);
        style.setXAxisMaxLabelCount(9);
        style.setXAxisDecimalPattern("0.##");
        Picture.plain(style);
        return chart;
    }

    /**
     * The part of the cost axis that is drawn: the quadratic prediction and as much again above it; the other curves
     * may leave the picture.
     */
    private record CostAxis(double low, double high) {
        static CostAxis of(double value, double[] linear, double[] quadratic, double[] actual) {
            double low = value;
            double high = value;
            for (double entry : quadratic) {
                low = Math.min(low, entry);
                high = Math.max(high, entry);
            }
            double drop = Math.max(value - low, high - value);
            for (double entry : actual) {
                if (Double.isFinite(entry)) {
                    low = Math.min(low, Math.max(entry, value - 3 * drop));
                    high = Math.max(high, Math.min(entry, value + drop));
                }
            }
            for (double entry : linear) {
                low = Math.min(low, Math.max(entry, value - 1.5 * drop));
            }
            double margin = high > low ? 0.05 * (high - low) : Math.max(1e-12, 0.05 * Math.abs(value));
            return new CostAxis(low - margin, high + margin);
        }

        boolean contains(double y) {
            return y >= low && y <= high;
        }

        double[] clipped(double[] values) {
            double[] clipped = values.clone();
            for (int i = 0; i < clipped.length; i++) {
                clipped[i] = contains(clipped[i]) ? clipped[i] : Double.NaN;
            }
            return clipped;
        }
    }

    private static void line(XYChart chart, String name, double[] x, double[] y, Color colour, BasicStroke stroke) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineStyle(stroke);
        series.setLineWidth(2.2f);
    }

    private static void mark(XYChart chart, String name, double x, double y, Color colour) {
        XYSeries series = chart.addSeries(name, new double[] {x}, new double[] {y});
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(colour).setLineStyle(SeriesLines.NONE);
    }
}

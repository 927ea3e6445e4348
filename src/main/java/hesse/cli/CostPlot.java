package hesse.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the cost along a step: what it does, what the gradient predicts (dashed), what the quadratic model predicts. */
final class CostPlot {
    private static final int POINTS = 201;
    private static final Color ACTUAL = new Color(0x1f4e9c);
    private static final Color QUADRATIC = new Color(0xd9772b);
    private static final Color LINEAR = new Color(0x6b6b6b);

    private CostPlot() {}

    /** Refuses, before anything is computed, a file whose ending says neither SVG nor PNG. */
    static void requireFormat(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".svg") && !name.endsWith(".png")) {
            throw new IllegalArgumentException("--plot " + file + ": the name must end in .svg or .png");
        }
    }

    /** Writes the plot of an analysis: the cost at x - t g for t up to twice the step. */
    static void write(Analysis analysis, String title, Path file) throws IOException {
        double slope = analysis.along().slope() * Math.abs(analysis.along().slope());
        double curvature = slope * -analysis.along().curvature();
        double end = analysis.step() == 0 ? 1 : 2 * analysis.step();
        write(title, "step t along -gradient", analysis.curvature().value(), slope, curvature, end, analysis.step(), analysis::costAlong, file);
    }

    private static void write(
            String title, String axis, double value, double slope, double curvature, double end, double step,
            DoubleUnaryOperator cost, Path file) throws IOException {
        requireFormat(file);
        XYChart chart = new XYChartBuilder().width(900).height(560).title(title).xAxisTitle(axis).yAxisTitle("cost").build();
        double[] t = new double[POINTS];
        double[] actual = new double[POINTS];
        double[] linear = new double[POINTS];
        double[] quadratic = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            t[i] = end * i / (POINTS - 1);
            actual[i] = cost.applyAsDouble(t[i]);
            linear[i] = Math.fma(slope, t[i], value);
            quadratic[i] = Math.fma(0.5 * curvature * t[i], t[i], linear[i]);
        }
        Range range = Range.of(value, linear, quadratic, actual);
        style(chart, range);
        line(chart, "gradient's prediction", t, range.clipped(linear), LINEAR, SeriesLines.DASH_DASH);
        line(chart, "quadratic prediction", t, range.clipped(quadratic), QUADRATIC, SeriesLines.SOLID);
        line(chart, "cost", t, range.clipped(actual), ACTUAL, SeriesLines.SOLID);
        mark(chart, "here", 0, value, ACTUAL);
        double after = cost.applyAsDouble(step);
        if (step > 0 && range.contains(after)) {
            mark(chart, "after the step", step, after, QUADRATIC);
        }
        save(chart, file);
    }

    /** What is shown of the cost: the quadratic prediction and as much again above; the rest runs out of the picture. */
    private record Range(double low, double high) {
        static Range of(double value, double[] linear, double[] quadratic, double[] actual) {
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
            return new Range(low - margin, high + margin);
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

    private static void style(XYChart chart, Range range) {
        XYStyler style = chart.getStyler();
        style.setYAxisMin(range.low);
        style.setYAxisMax(range.high);
        style.setLegendPosition(Styler.LegendPosition.OutsideS);
        style.setLegendLayout(Styler.LegendLayout.Horizontal);
        style.setLegendBorderColor(Color.WHITE);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotGridLinesColor(new Color(0xe4e4e4));
        style.setPlotBorderVisible(false);
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

    private static void save(XYChart chart, Path file) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
            VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
        } else {
            BitmapEncoder.saveBitmapWithDPI(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG, 150);
        }
    }
}

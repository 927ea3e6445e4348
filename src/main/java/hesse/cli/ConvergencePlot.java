package hesse.cli;

import hesse.measure.Picture;
import hesse.optimize.Minimum;
import hesse.optimize.Step;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Cost above the lowest seen by any method (solid) and gradient (dashed) against steps, on a logarithmic axis. */
final class ConvergencePlot {
    /** One for each method, in the order of the run. */
    static final Color[] COLOURS = {
        new Color(0x1f4e9c), new Color(0xd9772b), new Color(0x2c8a4b), new Color(0xc0392b),
        new Color(0x7d5ba6), new Color(0x16a2b8), new Color(0x6b6b6b), new Color(0x8a6d3b)
    };
    /** What is drawn for 0, which the logarithmic axis does not have. */
    private static final double LEAST = 1e-17;

    private ConvergencePlot() {}

    static void write(List<Minimum> results, Path file) throws IOException {
        double lowest = results.stream().mapToDouble(Minimum::value).filter(Double::isFinite).min().orElse(0);
        XYChart chart = new XYChartBuilder().width(1050).height(560).title("Convergence").xAxisTitle("step")
                .yAxisTitle("cost above the lowest; gradient").build();
        Picture.plain(chart.getStyler());
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setYAxisDecimalPattern("0E0");
        chart.getStyler().setPlotGridLinesVisible(false);
        chart.getStyler().setXAxisMaxLabelCount(12);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Vertical);
        double scale = Math.max(1, Math.abs(lowest));
        for (int k = 0; k < results.size(); k++) {
            Minimum result = results.get(k);
            String name = result.method().name().toLowerCase(Locale.ROOT);
            line(chart, name + ": cost", result.steps(), step -> step.value() - lowest, COLOURS[k % COLOURS.length],
                    true, LEAST * scale);
            line(chart, name + ": gradient", result.steps(), Step::gradientNorm,
                    COLOURS[k % COLOURS.length], false, LEAST);
        }
        Picture.save(chart, file);
    }

    private static void line(XYChart chart, String name, List<Step> steps, ToDoubleFunction<Step> value, Color colour,
            boolean solid, double least) {
        if (steps.isEmpty()) {
            return;
        }
        double[] x = steps.stream().mapToDouble(Step::iteration).toArray();
        double[] y = steps.stream().mapToDouble(value)
                .map(v -> Double.isFinite(v) ? Math.max(least, v) : Double.NaN).toArray();
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineWidth(2f)
                .setLineStyle(solid ? SeriesLines.SOLID : SeriesLines.DASH_DASH);
    }
}

package hesse.measure;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a comparison: a line a benchmark, its ratio with the 95 % interval, red where it fails. */
public final class RatioPlot {
    private static final Color SAME = new Color(0x6b6b6b);
    private static final Color FASTER = new Color(0x2c8a4b);
    private static final Color FAILS = new Color(0xc0392b);
    private static final int PIXELS_A_LINE = 22;

    private RatioPlot() {}

    /**
     * Writes the picture of a comparison.
     *
     * @param file ends in .svg or .png
     */
    public static void write(Comparison comparison, Path file) throws IOException {
        List<Judgement> rows = comparison.judgements().stream().filter(row -> !Double.isNaN(row.ratio()))
                .toList().reversed();
        double low = 0.9 * Math.min(1, rows.stream().mapToDouble(Judgement::ratio).min().orElse(1));
        double high = 1.1 * Math.max(1, rows.stream().mapToDouble(Judgement::ratio).max().orElse(1));
        XYChart chart = new XYChartBuilder().width(1000).height(160 + PIXELS_A_LINE * rows.size())
                .title("Cost of head over base").yAxisTitle("")
                .xAxisTitle("ratio of costs with its 95 % interval; right of 1: slower").build();
        XYStyler style = chart.getStyler();
        Picture.plain(style);
        style.setLegendVisible(false);
        style.setYAxisMin(-1.0);
        style.setYAxisMax((double) rows.size());
        style.setXAxisMin(low);
        style.setXAxisMax(high);
        style.setXAxisDecimalPattern("0.00");
        style.setyAxisTickLabelsFormattingFunction(y -> label(rows, y));
        style.setYAxisTickMarkSpacingHint(PIXELS_A_LINE - 4);
        line(chart, "no change", new double[] {1, 1}, new double[] {-1, rows.size()}, Color.BLACK, 1);
        for (int i = 0; i < rows.size(); i++) {
            Judgement row = rows.get(i);
            Color colour = row.fails() ? FAILS : row.verdict() == Verdict.FASTER ? FASTER : SAME;
            double[] interval = {Math.max(low, row.interval().low()), Math.min(high, row.interval().high())};
            line(chart, "interval " + i, interval, new double[] {i, i}, colour, 2);
            XYSeries mark = chart.addSeries("ratio " + i, new double[] {row.ratio()}, new double[] {i});
            mark.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(colour).setLineStyle(SeriesLines.NONE);
        }
        Picture.save(chart, file);
    }

    /**
     * The label of the axis at y: a benchmark's name where y is its index. Every label ends with the bits of y in
     * characters of no width, since XChart searches on for ever where labels are equal.
     */
    private static String label(List<Judgement> rows, double y) {
        int i = (int) Math.round(y);
        boolean named = i >= 0 && i < rows.size() && Math.abs(y - i) < 1e-9;
        String unseen = Long.toBinaryString(Double.doubleToLongBits(y)).replace('0', '\u200b').replace('1', '\u200c');
        return named ? rows.get(i).any().shortName() + unseen : unseen;
    }

    private static void line(XYChart chart, String name, double[] x, double[] y, Color colour, float width) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineStyle(SeriesLines.SOLID).setLineWidth(width);
    }
}

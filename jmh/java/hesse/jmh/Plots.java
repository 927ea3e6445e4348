package hesse.jmh;

import hesse.jmh.kernel.MachineBenchmark;
import hesse.measure.Picture;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Pictures of runs, in results/plots: kernels under the machine's limits, derivatives against n, rivals against Hesse.
 */
final class Plots {
    private static final Path FOLDER = Path.of("results/plots");
    private static final Color[] COLOURS = {
        new Color(0x1f4e9c), new Color(0xd9772b), new Color(0x2c8a4b), new Color(0xc0392b),
        new Color(0x7d5ba6), new Color(0x6b6b6b), new Color(0x16a2b8)
    };

    /**
     * Medians of the runs in microseconds: by class, then parameters, then method; of a class in several runs those of
     * the last.
     */
    private final Map<String, Map<String, Map<String, Double>>> times = new TreeMap<>();

    private Plots(List<String> folders) throws IOException {
        for (String folder : folders) {
            times.putAll(Tables.times(Path.of(folder)));
        }
    }

    static void draw(List<String> folders) throws IOException {
        Plots plots = new Plots(folders);
        for (String folder : folders) {
            Plots run = new Plots(List.of(folder));
            if (run.times.containsKey("Machine") && run.times.containsKey("Gram")) {
                run.roofline();
            }
        }
        if (plots.times.containsKey("Derivative")) {
            plots.derivatives();
        }
        plots.rivals();
    }

    private static XYChart chart(String title, String x, String y) {
        XYChart chart = new XYChartBuilder().width(900).height(600).title(title).xAxisTitle(x).yAxisTitle(y).build();
        Picture.plain(chart.getStyler());
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        return chart;
    }

    private static void series(XYChart chart, String name, List<double[]> points, int colour, boolean line) {
        XYSeries series = chart.addSeries(name, points.stream().mapToDouble(p -> p[0]).toArray(),
                points.stream().mapToDouble(p -> p[1]).toArray());
        series.setMarkerColor(COLOURS[colour % COLOURS.length]).setLineColor(COLOURS[colour % COLOURS.length]);
        series.setMarker(SeriesMarkers.CIRCLE).setLineStyle(line ? SeriesLines.SOLID : SeriesLines.NONE)
                .setLineWidth(2);
    }

    /**
     * Speed against operations per byte of input, for the kernels of one run, below the limits that peak and bandwidth
     * set where the input is read once from memory. Kernels whose input fits a cache may lie above.
     */
    private void roofline() throws IOException {
        Map<String, Double> machine = times.get("Machine").get("");
        double peak = MachineBenchmark.PEAK_OPERATIONS / machine.get("peak") / 1e3;
        double bandwidth = MachineBenchmark.READ_BYTES / machine.get("read") / 1e3;
        XYChart chart = chart("Kernels under the machine's limits", "operations a byte of input",
                "billion operations a second");
        XYSeries roof = chart.addSeries(String.format("limit: %.0f GB/s read, %.0f GFLOP/s", bandwidth, peak),
                new double[] {0.1, peak / bandwidth, 1000}, new double[] {0.1 * bandwidth, peak, peak});
        roof.setMarker(SeriesMarkers.NONE).setLineColor(Color.BLACK).setLineStyle(SeriesLines.SOLID).setLineWidth(2);
        int colour = 0;
        for (String kernel : List.of("Gram", "Symv", "Cholesky", "Logistic", "LogisticHessian")) {
            List<double[]> points = new ArrayList<>();
            times.getOrDefault(kernel, Map.of()).forEach((size, methods) -> {
                double[] work = work(kernel, size);
                points.add(new double[] {work[0] / work[1], work[0] / methods.get("simd") / 1e3});
            });
            if (!points.isEmpty()) {
                series(chart, kernel, points, colour++, false);
            }
        }
        Picture.save(chart, FOLDER.resolve("roofline.svg"));
    }

    /** Floating-point operations of a kernel at a size, and bytes of its input. */
    static double[] work(String kernel, String size) {
        double[] n = List.of(size.split("x")).stream().mapToDouble(Double::parseDouble).toArray();
        return switch (kernel) {
            case "Gram" -> new double[] {n[0] * n[1] * (n[1] + 1), 8 * n[0] * n[1]};
            case "Symv" -> new double[] {2 * n[0] * n[0], 4 * n[0] * n[0]};
            case "Cholesky" -> new double[] {n[0] * n[0] * n[0] / 3, 4 * n[0] * n[0]};
            case "Logistic" -> new double[] {4 * n[0] * n[1], 8 * n[0] * n[1]};
            case "LogisticHessian" -> new double[] {n[0] * n[1] * (n[1] + 5), 8 * n[0] * n[1]};
            default -> throw new IllegalArgumentException(kernel);
        };
    }

    /** Time of each derivative against the number of parameters. */
    private void derivatives() throws IOException {
        XYChart chart = chart("Derivatives of the chained Rosenbrock function at a point", "parameters",
                "microseconds");
        Map<String, List<double[]>> lines = new LinkedHashMap<>();
        times.get("Derivative").forEach((function, methods) -> {
            double n = Double.parseDouble(function.replaceAll("\\D", ""));
            methods.forEach((method, time) ->
                    lines.computeIfAbsent(method, key -> new ArrayList<>()).add(new double[] {n, time}));
        });
        int colour = 0;
        for (Map.Entry<String, List<double[]>> line : lines.entrySet()) {
            series(chart, line.getKey(), line.getValue(), colour++, true);
        }
        Picture.save(chart, FOLDER.resolve("derivatives.svg"));
    }

    /** A rival's time over Hesse's, against Hesse's time: above 1 Hesse is faster. */
    private void rivals() throws IOException {
        XYChart chart = chart("Rivals", "microseconds that Hesse takes",
                "a rival's time over Hesse's (above 1: Hesse is faster)");
        Map<String, List<double[]>> rivals = new TreeMap<>();
        times.forEach((name, rows) -> rows.forEach((row, methods) -> methods.forEach((method, time) -> {
            String rival = method.startsWith("openblas") || method.equals("scaleAndDsyrk") ? "OpenBLAS"
                    : method.startsWith("netlib") ? "netlib VectorBLAS"
                    : List.of("ejml", "ojalgo", "hipparchus", "byHand", "svml").contains(method) ? method : null;
            if (rival != null && methods.containsKey("simd")) {
                rivals.computeIfAbsent(rival, key -> new ArrayList<>())
                        .add(new double[] {methods.get("simd"), time / methods.get("simd")});
            }
        })));
        int colour = 0;
        for (Map.Entry<String, List<double[]>> rival : rivals.entrySet()) {
            series(chart, rival.getKey(), rival.getValue(), colour++, false);
        }
        if (colour > 0) {
            Picture.save(chart, FOLDER.resolve("rivals.svg"));
        }
    }
}

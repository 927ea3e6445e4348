package hesse.measure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;

/** The look that all plots share, and how a plot becomes a file. */
public final class Picture {
    /** Pixels of a PNG per unit of the chart, 1/72 inch: 150 to the inch. */
    private static final double SCALE = 150 / 72.0;

    private Picture() {}

    /** Refuses, before anything is computed, a file whose ending says neither SVG nor PNG. */
    public static void requireFormat(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".svg") && !name.endsWith(".png")) {
            throw new IllegalArgumentException("--plot " + file + ": the name must end in .svg or .png");
        }
    }

    /** Gives a chart the look of all plots: the legend below, light lines, no border. */
    public static void plain(XYStyler style) {
        style.setLegendPosition(Styler.LegendPosition.OutsideS);
        style.setLegendLayout(Styler.LegendLayout.Horizontal);
        style.setLegendBorderColor(Color.WHITE);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotGridLinesColor(new Color(0xe4e4e4));
        style.setPlotBorderVisible(false);
    }

    /**
     * Draws a chart and writes it, as SVG where the name ends so, else as PNG. It is drawn into memory first, since
     * ImageIO and XChart do not report every failure of writing a file.
     */
    public static void save(XYChart chart, Path file) throws IOException {
        UserFile.write(file, file.toString().toLowerCase(Locale.ROOT).endsWith(".svg") ? svg(chart) : png(chart));
    }

    private static byte[] svg(XYChart chart) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
        return bytes.toByteArray();
    }

    private static byte[] png(XYChart chart) throws IOException {
        BufferedImage image = new BufferedImage((int) (SCALE * chart.getWidth()), (int) (SCALE * chart.getHeight()),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(SCALE, SCALE);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}

package dev.parley.standalone;

import dev.parley.training.Plots;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The pictures of model cards by XChart, in few colours, so that a file is small. */
public final class PngPlots implements Plots {
    private static final int SIZE = 360;
    private static final int MOST_POINTS_MARKED = 20;

    static {
        System.setProperty("java.awt.headless", "true");
    }

    @Override
    public void write(List<Picture> pictures, Path file) throws IOException {
        var together =
                new BufferedImage(SIZE * pictures.size(), SIZE, BufferedImage.TYPE_BYTE_INDEXED);
        var graphics = together.createGraphics();
        for (int i = 0; i < pictures.size(); i++) {
            graphics.drawImage(BitmapEncoder.getBufferedImage(chart(pictures.get(i))), i * SIZE, 0, null);
        }
        graphics.dispose();
        Files.createDirectories(file.toAbsolutePath().getParent());
        ImageIO.write(together, "png", file.toFile());
    }

    private static XYChart chart(Picture picture) {
        var chart =
                new XYChartBuilder()
                        .width(SIZE)
                        .height(SIZE)
                        .title(picture.title())
                        .xAxisTitle(picture.x())
                        .yAxisTitle(picture.y())
                        .build();
        chart.getStyler()
                .setXAxisMin(0.0)
                .setXAxisMax(1.0)
                .setYAxisMin(0.0)
                .setYAxisMax(1.0)
                .setXAxisDecimalPattern("0.0")
                .setYAxisDecimalPattern("0.0")
                .setLocale(Locale.ROOT)
                .setLegendPosition(LegendPosition.InsideS)
                .setChartBackgroundColor(Color.WHITE)
                .setSeriesColors(new Color[] {new Color(0x1f5fa8), new Color(0xc05000), Color.GRAY});
        for (var line : picture.lines()) {
            var series = chart.addSeries(line.name(), line.x(), line.y());
            series.setMarker(line.x().size() > MOST_POINTS_MARKED ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
            series.setLineWidth(1.5f);
        }
        return chart;
    }
}

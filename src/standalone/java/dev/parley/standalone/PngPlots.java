package dev.parley.standalone;

import dev.parley.training.Plots;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
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

    /** Steps of grey, and the colours of two lines with a paler step each. */
    private static final IndexColorModel COLOURS =
            new IndexColorModel(
                    4,
                    16,
                    new int[] {
                        0xffffff, 0xe6e6e6, 0xcccccc, 0xb3b3b3, 0x999999, 0x808080, 0x666666, 0x4d4d4d, 0x333333,
                        0x000000, 0x1f5fa8, 0x8fafd4, 0x5787be, 0xc05000, 0xe0a880, 0xd07c40
                    },
                    0,
                    false,
                    -1,
                    DataBuffer.TYPE_BYTE);

    static {
        System.setProperty("java.awt.headless", "true");
    }

    @Override
    public void write(List<Picture> pictures, Path file) throws IOException {
        var together = new BufferedImage(SIZE * pictures.size(), SIZE, BufferedImage.TYPE_BYTE_BINARY, COLOURS);
        for (int i = 0; i < pictures.size(); i++) {
            var image = BitmapEncoder.getBufferedImage(chart(pictures.get(i)));
            for (int x = 0; x < SIZE; x++) {
                // Pixel by pixel, since Java's own conversion dithers, which makes the file three times as large.
                for (int y = 0; y < SIZE; y++) together.setRGB(i * SIZE + x, y, image.getRGB(x, y));
            }
        }
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
                .setSeriesColors(new Color[] {new Color(0x1f5fa8), new Color(0xc05000)});
        for (var line : picture.lines()) {
            var series = chart.addSeries(line.name(), line.x(), line.y());
            series.setMarker(line.x().size() > MOST_POINTS_MARKED ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
            series.setLineWidth(1.5f);
        }
        return chart;
    }
}

package dev.parley.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Draws the pictures of a model card. Found by {@link java.util.ServiceLoader}; a production build has none, and its
 * cards have no pictures.
 */
public interface Plots {
    /**
     * One line or row of points.
     *
     * @param name for the legend
     * @param x 0 to 1, as long as {@code y}
     * @param y 0 to 1
     */
    record Line(String name, List<Double> x, List<Double> y) {
        public Line {
            x = List.copyOf(x);
            y = List.copyOf(y);
        }
    }

    /**
     * One of the pictures that stand side by side; both axes go from 0 to 1.
     *
     * @param title above it
     * @param x name of that axis
     * @param y name of that axis
     * @param lines at least one
     */
    record Picture(String title, String x, String y, List<Line> lines) {
        public Picture {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Writes the pictures side by side as one PNG file.
     *
     * @throws IOException if it cannot be written
     */
    void write(List<Picture> pictures, Path file) throws IOException;
}

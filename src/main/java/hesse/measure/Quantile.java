package hesse.measure;

import java.util.Arrays;

/** Order statistics of a few measured values. The arrays are not changed. */
public final class Quantile {
    private Quantile() {}

    /** The median; of an even number of values the mean of the middle two. At least one value. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half]);
    }

    /** The lower quartile, interpolated linearly between the two values around index (count - 1) / 4. */
    static double lowerQuartile(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double at = 0.25 * (sorted.length - 1);
        int below = (int) at;
        return sorted[below] + (at - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]);
    }
}

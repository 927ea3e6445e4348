package hesse.optimize;

import java.util.Arrays;

/**
 * The rounding of a cost as its values show it: differences of order 1 to 6 of seven values a little apart, where a
 * smooth function has none and noise is amplified in a known way (More and Wild, Estimating Computational Noise, SIAM
 * J. Sci. Comput. 33, 2011).
 */
final class Noise {
    /** The number of values, at points along a line. */
    private static final int VALUES = 7;
    /** The distance of neighbouring points as a part of the parameters: some hundred roundings of each. */
    private static final double APART = 0x1p-44;
    /** Deviations of three consecutive orders that agree within this factor are noise. */
    private static final double ALIKE = 4;
    /**
     * Values that differ by more than this part of their size are no noise: the cost jumps here, or the points are too
     * far apart.
     */
    private static final double JUMP = 0.1;
    /** The number of standard deviations that an upper estimate allows for. */
    private static final double DEVIATIONS = 4;

    private Noise() {}

    /**
     * An upper estimate of the cost's rounding near u, along a direction of any length but 0; 0 where values show none.
     */
    static double estimate(Run run, double[] u, double[] direction) {
        double largest = 0;
        for (int i = 0; i < u.length; i++) {
            largest = Math.max(largest, u[i] == 0 ? 0 : Math.abs(direction[i] / u[i]));
        }
        double[] differences = new double[VALUES];
        for (int k = 0; k < VALUES; k++) {
            double[] next = u.clone();
            Algebra.add(next, largest == 0 ? 0 : k * APART / largest, direction);
            differences[k] = run.value(run.box().project(next));
            if (!Double.isFinite(differences[k])) {
                return 0;
            }
        }
        double least = Arrays.stream(differences).min().orElseThrow();
        double most = Arrays.stream(differences).max().orElseThrow();
        if (most - least > JUMP * Math.max(Math.abs(least), Math.abs(most))) {
            return 0;
        }
        double[] deviation = new double[VALUES];
        boolean[] alternates = new boolean[VALUES];
        double gamma = 1;
        for (int order = 1; order < VALUES; order++) {
            gamma *= 0.5 * order / (2 * order - 1);
            double square = 0;
            for (int k = 0; k < VALUES - order; k++) {
                double before = differences[k];
                differences[k] = differences[k + 1] - before;
                square += differences[k] * differences[k];
                alternates[order] |= k > 0 && differences[k] * differences[k - 1] < 0;
            }
            deviation[order] = Math.sqrt(gamma * square / (VALUES - order));
        }
        for (int order = 1; order + 2 < VALUES; order++) {
            double low = Math.min(deviation[order], Math.min(deviation[order + 1], deviation[order + 2]));
            double high = Math.max(deviation[order], Math.max(deviation[order + 1], deviation[order + 2]));
            if (high <= ALIKE * low && alternates[order]) {
                return DEVIATIONS * deviation[order];
            }
        }
        return 0;
    }
}

package hesse.optimize;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Bounds on each parameter; infinite where there is none. */
final class Box {
    private static final String ORDER = "lower bound %s of parameter %d is above its upper bound %s";

    final double[] lower;
    final double[] upper;
    /** Whether no parameter has a bound. */
    final boolean isOpen;

    Box(double[] lower, double[] upper) {
        this.lower = lower;
        this.upper = upper;
        boolean open = true;
        for (int i = 0; i < lower.length; i++) {
            if (!(lower[i] <= upper[i])) {
                throw new IllegalArgumentException(String.format(ORDER, lower[i], i, upper[i]));
            }
            open &= lower[i] == Double.NEGATIVE_INFINITY && upper[i] == Double.POSITIVE_INFINITY;
        }
        this.isOpen = open;
    }

    static Box open(int n) {
        double[] lower = new double[n];
        double[] upper = new double[n];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        return new Box(lower, upper);
    }

    /** P(x), the nearest point inside; in place, and returned. */
    double[] project(double[] x) {
        for (int i = 0; !isOpen && i < x.length; i++) {
            x[i] = Math.min(Math.max(x[i], lower[i]), upper[i]);
        }
        return x;
    }

    /**
     * The largest entry of P(x - g) - x in size: 0 at a stationary point, without bounds the gradient's largest entry.
     */
    double stationarity(double[] x, double[] g) {
        if (isOpen) {
            return Algebra.largest(g);
        }
        double largest = 0;
        for (int i = 0; i < x.length; i++) {
            double step = Math.min(Math.max(x[i] - g[i], lower[i]), upper[i]) - x[i];
            boolean whole = x[i] - g[i] >= lower[i] && x[i] - g[i] <= upper[i];
            largest = Math.max(largest, whole || Double.isNaN(g[i]) ? Math.abs(g[i]) : Math.abs(step));
        }
        return largest;
    }

    /** Whether a bound holds a parameter: it is there, and the cost falls outwards. */
    boolean holds(int i, double[] x, double[] g) {
        return x[i] <= lower[i] && g[i] >= 0 || x[i] >= upper[i] && g[i] <= 0;
    }

    /** The parameters that no bound holds. */
    int[] free(double[] x, double[] g) {
        return IntStream.range(0, x.length).filter(i -> isOpen || !holds(i, x, g)).toArray();
    }

    /** Sets entries of v to 0 that belong to parameters that bounds hold at x; in place, and returned. */
    double[] clearHeld(double[] v, double[] x, double[] g) {
        for (int i = 0; !isOpen && i < v.length; i++) {
            if (holds(i, x, g)) {
                v[i] = 0;
            }
        }
        return v;
    }

    /**
     * By parameter the entry of the gradient that a bound holds, 0 where none does; empty where there is no bound at
     * all.
     */
    double[] multipliers(double[] x, double[] g) {
        return IntStream.range(0, isOpen ? 0 : x.length).mapToDouble(i -> holds(i, x, g) ? g[i] : 0).toArray();
    }

    /** The largest t at which x + t d is inside. */
    double reach(double[] x, double[] d) {
        double reach = Double.POSITIVE_INFINITY;
        for (int i = 0; !isOpen && i < x.length; i++) {
            if (d[i] > 0) {
                reach = Math.min(reach, (upper[i] - x[i]) / d[i]);
            } else if (d[i] < 0) {
                reach = Math.min(reach, (lower[i] - x[i]) / d[i]);
            }
        }
        return reach;
    }
}

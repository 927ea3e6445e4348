package hesse.optimize;

import hesse.Functions;
import hesse.Objective;

/**
 * Student's t distribution, by the continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8).
 */
final class StudentT {
    private static final Objective LOG_GAMMA = Objective.of(1, x -> Functions.lgamma(x.get(0)));

    private StudentT() {}

    /**
     * The t that is exceeded with probability 1 - p, p of at least 1/2; degrees of at least 1; relative error below
     * 1e-12.
     */
    static double quantile(double p, double degrees) {
        if (!(degrees >= 1)) {
            return Double.NaN;
        }
        double low = 0;
        double high = 1;
        while (above(high, degrees) > 1 - p) {
            low = high;
            high *= 2;
        }
        while (high - low > 1e-13 * high) {
            double middle = 0.5 * (low + high);
            if (above(middle, degrees) > 1 - p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    /** The probability above t >= 0: half of I_x(v/2, 1/2) with x = v/(v + t^2). */
    private static double above(double t, double v) {
        return 0.5 * beta(v / (v + t * t), t * t / (v + t * t), 0.5 * v, 0.5);
    }

    /** I_x(a, b); y = 1 - x. */
    private static double beta(double x, double y, double a, double b) {
        if (x == 0 || y == 0) {
            return x == 0 ? 0 : 1;
        }
        double front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(y));
        return x < (a + 1) / (a + b + 2) ? front * fraction(x, a, b) / a : 1 - front * fraction(y, b, a) / b;
    }

    private static double logGamma(double x) {
        return LOG_GAMMA.value(new double[] {x});
    }

    /** By Lentz's method. */
    private static double fraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / (1 - (a + b) * x / (a + 1));
        double h = d;
        for (int m = 1; m < 10_000; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / (1 + even * d);
            c = 1 + even / c;
            h *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / (1 + odd * d);
            c = 1 + odd / c;
            h *= d * c;
            if (Math.abs(d * c - 1) < 1e-16) {
                break;
            }
        }
        return h;
    }
}

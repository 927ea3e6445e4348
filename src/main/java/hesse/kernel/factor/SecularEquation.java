package hesse.kernel.factor;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

/**
 * The roots of 1 + rho sum_i z_i^2/(d_i - x), rho > 0, d ascending: the eigenvalues of diag(d) + rho z z'. Root j lies
 * between d_j and d_(j+1), the last up to rho |z|^2 beyond. Each is found relative to its nearer pole, so that its
 * distance from every pole has full relative accuracy, by the middle way (Li, LAPACK Working Note 89) inside a
 * shrinking bracket.
 */
final class SecularEquation {
    private static final int MAX_STEPS = 120;
    private static final double EPSILON = 0x1p-53;

    private final double[] d;
    private final double[] squares;
    private final double rho;
    private final int k;
    private final double[] delta;
    /**
     * The value, the sum of the terms' sizes, and the slopes of the terms up to the pole and beyond it, at the last
     * point.
     */
    private double value;
    private double size;
    private double slopeBelow;
    private double slopeAbove;

    SecularEquation(double[] d, double[] z, int k, double rho) {
        this.d = d;
        this.k = k;
        this.rho = rho;
        this.squares = new double[k];
        this.delta = new double[k];
        for (int i = 0; i < k; i++) {
            squares[i] = z[i] * z[i];
        }
    }

    /** Finds root j: fills d_i - root at {@code differences[i * stride + j]} and returns the root. */
    double solve(int j, double[] differences, int stride) {
        boolean last = j == k - 1;
        double sum = 0;
        for (int i = 0; last && i < k; i++) {
            sum += squares[i];
        }
        double gap = last ? rho * sum : d[j + 1] - d[j];
        shift(d[j]);
        evaluate(0.5 * gap, j);
        boolean right = !last && value < 0;
        int origin = right ? j + 1 : j;
        shift(d[origin]);
        double low = right ? -0.5 * gap : last && value < 0 ? 0.5 * gap : 0;
        double high = right ? -0.0 : last && value < 0 ? gap : 0.5 * gap;
        double x = last ? 0.5 * (low + high) : right ? low : high;
        for (int step = 0; step < MAX_STEPS; step++) {
            evaluate(x, j);
            if (value == 0 || Math.abs(value) <= EPSILON * k * size) {
                break;
            }
            if (value < 0) {
                low = x;
            } else {
                high = x;
            }
            double next = last ? Double.NaN : x + middleWay(x, j);
            if (!(next > low && next < high)) {
                next = between(low, high);
            }
            if (next == x || next == low || next == high) {
                break;
            }
            x = next;
        }
        for (int i = 0; i < k; i++) {
            differences[i * stride + j] = delta[i] - x;
        }
        return d[origin] + x;
    }

    private void shift(double origin) {
        for (int i = 0; i < k; i++) {
            delta[i] = d[i] - origin;
        }
    }

    private void evaluate(double x, int j) {
        double below = 0;
        double above = 0;
        double belowSlope = 0;
        double aboveSlope = 0;
        for (int i = 0; i <= j; i++) {
            double inverse = 1 / (delta[i] - x);
            double term = squares[i] * inverse;
            below += term;
            belowSlope = fma(term, inverse, belowSlope);
        }
        for (int i = j + 1; i < k; i++) {
            double inverse = 1 / (delta[i] - x);
            double term = squares[i] * inverse;
            above += term;
            aboveSlope = fma(term, inverse, aboveSlope);
        }
        value = 1 + rho * (below + above);
        size = 1 + rho * (above - below);
        slopeBelow = rho * belowSlope;
        slopeAbove = rho * aboveSlope;
    }

    /** The step to the root of the interpolation with poles at both ends. */
    private double middleWay(double x, int j) {
        double p = delta[j] - x;
        double q = delta[j + 1] - x;
        double a = (p + q) * value - p * q * (slopeBelow + slopeAbove);
        double b = p * q * value;
        double c = value - p * slopeBelow - q * slopeAbove;
        double root = Math.sqrt(Math.max(0, a * a - 4 * b * c));
        return a <= 0 ? (a - root) / (2 * c) : 2 * b / (a + root);
    }

    /** Halves the bracket in the exponent while its ends differ by a large factor, else arithmetically. */
    private static double between(double low, double high) {
        double small = Math.min(Math.abs(low), Math.abs(high));
        double large = Math.max(Math.abs(low), Math.abs(high));
        double sign = low + high < 0 ? -1 : 1;
        if (small == 0) {
            return sign * large * 0x1p-20;
        }
        return large > 4 * small ? sign * Math.sqrt(small) * Math.sqrt(large) : 0.5 * (low + high);
    }
}

package hesse.optimize;

import hesse.matrix.Matrix;
import hesse.matrix.Qr;
import java.util.Arrays;

/**
 * The p that minimises ||J p + F|| over ||D p|| <= radius, for the columns of J whose parameters are free (More,
 * Lecture Notes in Mathematics 630, 1978), by QR factors of J.
 */
final class RadiusStep {
    private static final int SHIFTS = 30;
    /** Columns are dependent where a diagonal entry of R is below this part of the largest. */
    private static final double DEPENDENT = 1e-15;
    /**
     * Least lambda for dependent columns of length 1: rounding of 2^-52 then adds at most 2^-12 of ||F|| along what F
     * does not determine.
     */
    private static final double LEAST_SHIFT = 0x1p-40;
    /** A step may be longer than the radius by this part of it. */
    private static final double SLACK = 0.1;

    /** The number of free parameters. */
    private final int k;
    private final int[] free;
    /** D's diagonal, by free parameter. */
    private final double[] d;
    /** R and Q'F of J = Q R, for the free columns. */
    private final double[][] r;
    private final double[] qf;
    /** D^-1 J'F. */
    private final double[] slope;
    private final double leastShift;

    /**
     * A step.
     *
     * @param p by free parameter
     * @param isCut whether the radius, not the model, limits its length
     */
    record Within(double[] p, boolean isCut) {}

    /** @param scale D's diagonal, for all parameters */
    RadiusStep(Linearisation model, int[] free, double[] scale) {
        this.free = free;
        this.k = free.length;
        this.d = Algebra.part(scale, free);
        this.r = new double[k][k];
        this.qf = new double[k];
        this.slope = new double[k];
        Arrays.setAll(slope, i -> model.gradient[free[i]] / d[i]);
        factor(model);
        this.leastShift = leastShift();
    }

    /** F is factored with J as a last column, which becomes Q'F. */
    private void factor(Linearisation model) {
        int m = model.values.length;
        Matrix all = Matrix.of(Math.max(m, k + 1), k + 1);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < k; j++) {
                all.set(i, j, model.jacobian.get(i, free[j]));
            }
            all.set(i, k, model.values[i]);
        }
        Qr qr = Qr.of(all);
        for (int i = 0; i < k; i++) {
            for (int j = i; j < k; j++) {
                r[i][j] = qr.get(i, j);
            }
            qf[i] = qr.get(i, k);
        }
    }

    /** The p that minimises ||R p + Q'F||^2 + lambda ||D p||^2, by QR of R on top of sqrt(lambda) D; fills that R. */
    private double[] damped(double lambda, double[][] upper) {
        Matrix all = Matrix.of(2 * k + 1, k + 1);
        for (int i = 0; i < k; i++) {
            for (int j = i; j < k; j++) {
                all.set(i, j, r[i][j]);
            }
            all.set(i, k, qf[i]);
            all.set(k + i, i, Math.sqrt(lambda) * d[i]);
        }
        Qr qr = Qr.of(all);
        double[] p = new double[k];
        for (int i = k - 1; i >= 0; i--) {
            double sum = qr.get(i, k);
            for (int j = i; j < k; j++) {
                upper[i][j] = qr.get(i, j);
                sum -= j > i ? upper[i][j] * p[j] : 0;
            }
            p[i] = upper[i][i] == 0 ? 0 : sum / upper[i][i];
        }
        return Algebra.times(-1, p);
    }

    /** The least lambda that keeps the step finite: 0 where columns are independent. */
    private double leastShift() {
        double largest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < k; i++) {
            double size = Math.abs(r[i][i]) / d[i];
            largest = Math.max(largest, size);
            least = Math.min(least, size);
        }
        return least <= DEPENDENT * largest ? LEAST_SHIFT * largest * largest : 0;
    }

    /** ||D p||. */
    private double length(double[] p) {
        double[] scaled = new double[k];
        Arrays.setAll(scaled, i -> d[i] * p[i]);
        return Algebra.norm(scaled);
    }

    /** The step to the model's minimum, of any length. */
    double[] whole() {
        return damped(leastShift, new double[k][k]);
    }

    /** The step, by Newton's method on 1/||D p|| as a function of lambda (Hebden; More 1978, section 5). */
    Within within(double radius) {
        double[][] upper = new double[k][k];
        double[] p = damped(leastShift, upper);
        if (Algebra.isFinite(p) && length(p) <= (1 + SLACK) * radius) {
            return new Within(p, false);
        }
        double low = leastShift;
        double high = Algebra.norm(slope) / radius;
        double shift = Math.max(Math.max(1e-3 * high, low), Double.MIN_NORMAL);
        for (int tries = 0; tries < SHIFTS; tries++) {
            p = damped(shift, upper);
            double length = length(p);
            if (Math.abs(length - radius) <= SLACK * radius || low > 0 && high - low <= 1e-14 * high) {
                break;
            }
            if (length > radius) {
                low = shift;
            } else {
                high = shift;
            }
            double next = shift + (length - radius) / radius / slowness(p, length, upper);
            shift = next > low && next < high ? next : Math.max(1e-3 * high, Math.sqrt(low * high));
        }
        return new Within(p, true);
    }

    /**
     * ||q||^2 for R'q = D^2 p / ||D p||, R of the damped problem: the derivative of 1/||D p|| by lambda, times ||D p||.
     */
    private double slowness(double[] p, double length, double[][] upper) {
        double[] q = new double[k];
        for (int i = 0; i < k; i++) {
            double sum = d[i] * d[i] * p[i] / length;
            for (int j = 0; j < i; j++) {
                sum -= upper[j][i] * q[j];
            }
            q[i] = sum / upper[i][i];
        }
        return Algebra.dot(q, q);
    }
}

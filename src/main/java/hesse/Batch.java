package hesse;

import hesse.plan.Derivative;

/**
 * An {@link Objective} at many points in one call. Points are row-major [N][n]: point k holds the entries from k n on. So
 * are gradients; a Hessian takes n(n+1)/2 entries, its lower triangle by rows: (i, j) with i &gt;= j at i(i+1)/2 + j.
 */
public final class Batch {
    private final Objective objective;

    Batch(Objective objective) {
        this.objective = objective;
    }

    /** Fills the N values. */
    public void values(double[] points, double[] values) {
        int count = count(points, values);
        for (int k = 0; k < count; k++) {
            values[k] = objective.evaluate(Derivative.VALUE, points, k * objective.n(), null, null, 0);
        }
    }

    /** Fills the gradients, [N][n]. */
    public void gradients(double[] points, double[] gradients) {
        gradients(points, null, gradients);
    }

    /** Fills values and gradients in one pass; {@code values} may be null. */
    public void gradients(double[] points, double[] values, double[] gradients) {
        int n = objective.n();
        int count = count(points, values);
        requireDistinct("gradients", points, gradients, count, n);
        for (int k = 0; k < count; k++) {
            double value = objective.evaluate(Derivative.GRADIENT, points, k * n, null, gradients, k * n);
            if (values != null) {
                values[k] = value;
            }
        }
    }

    /** Fills the Hessians, [N][n(n+1)/2]. */
    public void hessians(double[] points, double[] hessians) {
        hessians(points, null, null, hessians);
    }

    /** Fills values, gradients and Hessians in one pass; {@code values} and {@code gradients} may be null. */
    public void hessians(double[] points, double[] values, double[] gradients, double[] hessians) {
        int n = objective.n();
        int packed = Derivative.packedSize(n);
        int count = count(points, values);
        requireDistinct("Hessians", points, hessians, count, packed);
        if (gradients != null) {
            requireDistinct("gradients", points, gradients, count, n);
        }
        for (int k = 0; k < count; k++) {
            double value = objective.hessian(points, k * n, gradients, k * n, null, hessians, k * packed);
            if (values != null) {
                values[k] = value;
            }
        }
    }

    private int count(double[] points, double[] values) {
        int n = objective.n();
        if (points.length % n != 0) {
            throw new IllegalArgumentException("the points have " + points.length + " entries, not a multiple of n = " + n);
        }
        int count = points.length / n;
        if (values != null) {
            requireDistinct("values", points, values, count, 1);
        }
        return count;
    }

    private static void requireDistinct(String what, double[] points, double[] out, int count, int each) {
        if (out.length != (long) count * each) {
            throw new IllegalArgumentException("the array of " + what + " has " + out.length + " entries, " + count + " points need "
                    + (long) count * each);
        }
        Bodies.requireDistinct(points, out);
    }
}

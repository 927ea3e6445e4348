package hesse;

import hesse.plan.Derivative;
import hesse.plan.Layout;

/**
 * An {@link Objective} at many points in one call, over SIMD lanes and threads as its settings say. Points lie one
 * after the other, [N][n]: point k holds the entries from k n on. So do gradients; a Hessian takes n(n+1)/2 entries,
 * its lower triangle by rows: (i, j) with i &gt;= j at i(i+1)/2 + j. Or {@link #byComponent}: then every array is the
 * transpose of that.
 *
 * <p>Arrays that are filled may be neither the points nor each other. Bits are those of the objective at each point.
 * Calls allocate nothing once warm on one thread. An interrupt of the calling thread ends a call with a {@link
 * java.util.concurrent.CancellationException}; the arrays then hold the results of some points.
 */
public final class Batch {
    private final Objective objective;
    private final boolean byComponent;

    Batch(Objective objective, boolean byComponent) {
        this.objective = objective;
        this.byComponent = byComponent;
    }

    /**
     * This batch with arrays that hold an entry of all points, then the next entry: points and gradients [n][N],
     * Hessians [n(n+1)/2][N]. Faster, since lanes take neighbouring points.
     */
    public Batch byComponent() {
        return new Batch(objective, true);
    }

    /** As {@link Objective#prepare}, for many points. */
    public Batch prepare() {
        objective.prepare(true);
        return this;
    }

    /** Fills the N values. */
    public void values(double[] points, double[] values) {
        evaluate(Derivative.VALUE, points, values, null, null);
    }

    /** Fills the gradients. */
    public void gradients(double[] points, double[] gradients) {
        gradients(points, null, gradients);
    }

    /** Fills values and gradients in one pass; {@code values} may be null. */
    public void gradients(double[] points, double[] values, double[] gradients) {
        evaluate(Derivative.GRADIENT, points, values, gradients, null);
    }

    /** Fills the Hessians. */
    public void hessians(double[] points, double[] hessians) {
        hessians(points, null, null, hessians);
    }

    /** Fills values, gradients and Hessians in one pass; {@code values} and {@code gradients} may be null. */
    public void hessians(double[] points, double[] values, double[] gradients, double[] hessians) {
        evaluate(Derivative.HESSIAN, points, values, gradients, hessians);
    }

    private void evaluate(Derivative derivative, double[] points, double[] values, double[] gradients,
            double[] hessians) {
        int n = objective.n();
        int count = Bodies.count(points, n);
        Bodies.requireResults("values", points, values, count, 1);
        Bodies.requireResults("gradients", points, gradients, count, n);
        Bodies.requireResults("Hessians", points, hessians, count, hessians == null ? 0 : Layout.packedSize(n));
        Bodies.requireApart("values", values, "gradients", gradients);
        Bodies.requireApart("values", values, "Hessians", hessians);
        Bodies.requireApart("gradients", gradients, "Hessians", hessians);
        objective.evaluate(derivative, points, count, values, gradients, hessians, byComponent);
    }
}

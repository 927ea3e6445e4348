package hesse;

import hesse.plan.Derivative;

/**
 * A {@link VectorFunction} without rows at many points in one call, over SIMD lanes and threads as its settings say.
 * Points lie one after the other, [N][n], values [N][m], Jacobians by rows [N][m][n]. Or {@link #byComponent}: then
 * every array is the transpose of that, [n][N], [m][N] and [m][n][N].
 *
 * <p>Arrays that are filled may be neither the points nor each other. Bits are those of the function at each point.
 * Calls allocate nothing once warm on one thread. An interrupt of the calling thread ends a call with a {@link
 * java.util.concurrent.CancellationException}; the arrays then hold the results of some points.
 */
public final class VectorBatch {
    private final VectorFunction function;
    private final boolean byComponent;

    VectorBatch(VectorFunction function, boolean byComponent) {
        this.function = function;
        this.byComponent = byComponent;
    }

    /**
     * This batch with arrays that hold an entry of all points, then the next entry. Faster, since lanes take
     * neighbouring points.
     */
    public VectorBatch byComponent() {
        return new VectorBatch(function, true);
    }

    /** As {@link VectorFunction#prepare}, for many points. */
    public VectorBatch prepare() {
        function.prepareBatch();
        return this;
    }

    /** Fills the values. */
    public void values(double[] points, double[] values) {
        evaluate(Derivative.VALUE, points, values, null);
    }

    /** Fills values and Jacobians in one pass; {@code values} may be null. */
    public void jacobians(double[] points, double[] values, double[] jacobians) {
        evaluate(Derivative.JACOBIAN, points, values, jacobians);
    }

    private void evaluate(Derivative derivative, double[] points, double[] values, double[] jacobians) {
        int count = Bodies.count(points, function.n());
        Bodies.requireResults("values", points, values, count, function.m());
        Bodies.requireResults("Jacobians", points, jacobians, count, (long) function.m() * function.n());
        Bodies.requireApart("values", values, "Jacobians", jacobians);
        function.evaluate(derivative, points, count, values, jacobians, byComponent);
    }
}

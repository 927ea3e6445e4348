package hesse.optimize;

import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;

/**
 * The point x of a run without constraints with the cost f(x), its gradient g and, for methods that hold it, the
 * Hessian H; and a next point that a method tries. In the run's units, n entries each; memory of 4 n numbers, with the
 * Hessian of n^2 more.
 */
final class Iterate {
    final Run run;
    final int n;
    private double[] x;
    private double[] g;
    /** Null where the method holds no Hessian. */
    private SymmetricMatrix h;
    private double value;
    private double[] next;
    private double[] nextG;
    private SymmetricMatrix nextH;

    /** Without a point before {@link #begin}. */
    Iterate(Run run, boolean holdsHessian) {
        this.run = run;
        this.n = run.n;
        this.g = new double[n];
        this.next = new double[n];
        this.nextG = new double[n];
        this.h = holdsHessian ? SymmetricMatrix.of(n) : null;
        this.nextH = holdsHessian ? SymmetricMatrix.of(n) : null;
    }

    /** Takes the array of a start as its point. */
    void begin(double[] start) {
        x = start;
    }

    /** Evaluates cost and derivatives at the start; stops where they are not finite. */
    void evaluate() {
        value = derivatives(x, g, h);
        run.requireFinite(value, g, x);
    }

    private double derivatives(double[] at, double[] gradient, SymmetricMatrix hessian) {
        return h == null ? run.gradient(at, gradient) : run.hessian(at, gradient, hessian);
    }

    /** The point, null before {@link #begin}; another array after each step, as the gradient and the Hessian. */
    double[] x() {
        return x;
    }

    double[] g() {
        return g;
    }

    /** The Hessian, null where the method holds none. */
    SymmetricMatrix h() {
        return h;
    }

    double value() {
        return value;
    }

    /** The point to be tried, for {@link LineSearch} and others to fill; its gradient is {@link #nextG}. */
    double[] next() {
        return next;
    }

    double[] nextG() {
        return nextG;
    }

    /** H v, by a product of its own where the method holds no Hessian. */
    double[] product(double[] v) {
        double[] hv = new double[n];
        if (h == null) {
            run.product(x, v, hv);
        } else {
            h.multiply(v, hv);
        }
        return hv;
    }

    /** Makes P(x + t d) the next point; whether it is another one. */
    boolean aim(double t, double[] d) {
        System.arraycopy(x, 0, next, 0, n);
        Algebra.add(next, t, d);
        run.box().project(next);
        return !Arrays.equals(next, x);
    }

    /** Makes a point the next one. */
    void aim(double[] point) {
        System.arraycopy(point, 0, next, 0, n);
    }

    /** The step P(x + s) - x. */
    double[] inside(double[] s) {
        double[] point = x.clone();
        Algebra.add(point, 1, s);
        return Algebra.minus(run.box().project(point), x);
    }

    /** Fills the direction of steepest descent, 0 for parameters that bounds hold. */
    void steepest(double[] d) {
        for (int i = 0; i < n; i++) {
            d[i] = 0.0 - g[i];
        }
        run.box().clearHeld(d, x, g);
    }

    /**
     * The cost at the next point, with the gradient where no Hessian is held; {@link #complete} asks for what is left.
     */
    double tryNext() {
        return h == null ? run.gradient(next, nextG) : run.value(next);
    }

    /** Whether all that {@link #tryNext} computed is finite. */
    boolean isTryFinite(double cost) {
        return Double.isFinite(cost) && (h != null || Algebra.isFinite(nextG));
    }

    /** Computes the derivatives at the next point that {@link #tryNext} did not; whether its gradient is finite. */
    boolean complete() {
        if (h != null) {
            run.hessian(next, nextG, nextH);
        }
        return Algebra.isFinite(nextG);
    }

    /** The cost at the next point, with all derivatives that the method holds. */
    double evaluateNext() {
        return derivatives(next, nextG, nextH);
    }

    private void swapPoints() {
        double[] from = x;
        x = next;
        next = from;
    }

    /**
     * Moves to the next point, whose derivatives are known, and writes the step down.
     *
     * @param s the step
     * @param hs H s, or null where it was not computed
     * @param after the cost there
     */
    void move(double[] s, double[] hs, double after) {
        swapPoints();
        arrive(s, hs, after);
    }

    /** Moves to the next point and evaluates it there; back, and false, where its gradient is not finite. */
    boolean moveIfFinite(double[] s, double[] hs) {
        swapPoints();
        double after = derivatives(x, nextG, nextH);
        if (!Algebra.isFinite(nextG)) {
            swapPoints();
            return false;
        }
        arrive(s, hs, after);
        return true;
    }

    private void arrive(double[] s, double[] hs, double after) {
        double[] oldG = g;
        g = nextG;
        nextG = oldG;
        SymmetricMatrix oldH = h;
        h = nextH;
        nextH = oldH;
        double before = value;
        value = after;
        run.step(x, s, oldG, hs, before, after, g);
    }

    /**
     * Changes the parameters' units where the rows of the Hessian that is held have become unlike.
     *
     * @param most the factor by which a row may be off
     * @return the factors by which units changed; null where they did not
     */
    double[] equilibrate(double most) {
        double[] factor = h == null ? null : run.equilibrate(h, g, x, most);
        for (int i = 0; factor != null && i < n; i++) {
            x[i] /= factor[i];
            g[i] *= factor[i];
            for (int j = 0; j <= i; j++) {
                h.set(i, j, h.get(i, j) * factor[i] * factor[j]);
            }
        }
        return factor;
    }
}

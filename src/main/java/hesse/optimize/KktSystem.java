package hesse.optimize;

import hesse.matrix.Ldl;
import hesse.matrix.Matrix;
import hesse.matrix.SymmetricMatrix;

/**
 * The equations of a primal-dual step, [W + S + d I, A'; A, -e I], symmetric and indefinite; d grows until they have as
 * many positive eigenvalues as there are variables and as many negative as constraints, so that the step goes down on
 * the constraints (Waechter and Biegler 2006, algorithm IC).
 */
final class KktSystem {
    /** The shift d that is tried first, and between which it stays. */
    private static final double FIRST = 1e-4;
    private static final double LEAST = 1e-20;
    private static final double MOST = 1e40;
    private static final int REFINEMENTS = 3;

    private final int n;
    private final int m;
    private final SymmetricMatrix k;
    private Ldl factors;
    private double lastShift;

    KktSystem(int n, int m) {
        this.n = n;
        this.m = m;
        this.k = SymmetricMatrix.of(n + m);
    }

    /**
     * Fills the matrix and factors it.
     *
     * @param w the Lagrangian's Hessian in the first parameters
     * @param diagonal what the barrier adds
     * @param a the constraints' Jacobian in the first parameters, by rows
     * @param slack by constraint the variable whose coefficient is -1, or -1
     * @param barrier its parameter
     * @return whether a shift was found
     */
    boolean factor(SymmetricMatrix w, double[] diagonal, Matrix a, int[] slack, double barrier) {
        k.clear();
        for (int i = 0; i < w.n(); i++) {
            for (int j = 0; j <= i; j++) {
                k.set(i, j, w.get(i, j));
            }
        }
        for (int i = 0; i < n; i++) {
            k.set(i, i, k.get(i, i) + diagonal[i]);
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < a.columns(); j++) {
                k.set(n + i, j, a.get(i, j));
            }
            if (slack[i] >= 0) {
                k.set(n + i, slack[i], -1);
            }
        }
        if (isRight()) {
            return true;
        }
        double relaxed = 1e-8 * Math.pow(barrier, 0.25);
        for (int i = 0; i < m; i++) {
            k.set(n + i, n + i, -relaxed);
        }
        if (isRight()) {
            return true;
        }
        double added = 0;
        double shift = lastShift == 0 ? FIRST : Math.max(LEAST, lastShift / 3);
        while (shift <= MOST) {
            for (int i = 0; i < n; i++) {
                k.set(i, i, k.get(i, i) + (shift - added));
            }
            added = shift;
            if (isRight()) {
                lastShift = shift;
                return true;
            }
            shift *= lastShift == 0 ? 100 : 8;
        }
        return false;
    }

    /** Factors the matrix; whether the signs of its eigenvalues are those of a descent. */
    private boolean isRight() {
        factors = Ldl.of(k);
        return factors.zero() == 0 && factors.negative() == m;
    }

    /** The solution, refined; or null where it is not finite. */
    double[] solve(double[] b) {
        double[] x = factors.solve(b);
        for (int r = 0; r < REFINEMENTS; r++) {
            double[] residual = Algebra.minus(b, k.multiply(x));
            if (!Algebra.isFinite(residual)) {
                break;
            }
            Algebra.add(x, 1, factors.solve(residual));
        }
        return Algebra.isFinite(x) ? x : null;
    }
}

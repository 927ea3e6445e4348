package hesse.optimize;

import hesse.Objective;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;

/**
 * The last Hessian that was computed, in the user's units, with the value and the gradient there; n^2 numbers once one
 * was asked.
 */
final class LastHessian {
    private final Objective objective;
    private double[] point;
    private SymmetricMatrix matrix;
    private double[] gradient;
    private double value;

    LastHessian(Objective objective) {
        this.objective = objective;
    }

    boolean isAt(double[] x) {
        return Arrays.equals(x, point);
    }

    /** Evaluates at x; returns the cost. It counts as the Hessian of a point only after {@link #keepFor}. */
    double compute(double[] x) {
        matrix = matrix == null ? SymmetricMatrix.of(x.length) : matrix;
        gradient = gradient == null ? new double[x.length] : gradient;
        point = null;
        value = objective.hessian(x, gradient, matrix);
        return value;
    }

    void keepFor(double[] x) {
        point = x.clone();
    }

    SymmetricMatrix matrix() {
        return matrix;
    }

    double[] gradient() {
        return gradient;
    }

    double value() {
        return value;
    }

    /** sum_j |H_ij| |x_j|, by row. */
    double[] rows(double[] x) {
        double[] rows = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                rows[i] += Math.abs(matrix.get(i, j) * x[j]);
            }
        }
        return rows;
    }

    /** The largest entry of the gradient in size; where that is 0, of the Hessian. */
    double largest() {
        double largest = Algebra.largest(gradient);
        return largest == 0 ? Algebra.largest(matrix.toPacked()) : largest;
    }
}

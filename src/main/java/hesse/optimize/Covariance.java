package hesse.optimize;

import hesse.matrix.Matrix;
import hesse.matrix.SymmetricEigen;
import hesse.matrix.SymmetricMatrix;
import java.util.List;

/**
 * Z (Z'W Z)^-1 Z', W the Hessian (of the Lagrangian) at a minimum and Z a basis of the directions that keep what is
 * active; and the sandwich of it. Eigenvalues are those of the equilibrated Hessian, so that the parameters' units
 * decide nothing.
 *
 * @param hessian W
 * @param active the gradients of what holds the point
 */
record Covariance(SymmetricMatrix hessian, List<double[]> active) {
    /** Entries of a basis vector up to this say that their parameter has no part in it. */
    private static final double APART = 1e-8;

    /** The inverse, or with scores the sandwich V (scores' scores) V; null for the inverse. */
    SymmetricMatrix of(Matrix scores) {
        int n = hessian.n();
        double[][] rows = hessian.toArray();
        double[] scale = Units.factors(rows);
        for (int i = 0; i < n; i++) {
            scale[i] = scale[i] == 0 ? 1 : scale[i];
        }
        List<double[]> free = ReducedHessian.free(n, ReducedHessian.scaled(active, scale));
        SymmetricMatrix inverse = SymmetricMatrix.of(n);
        boolean[] isOpen = new boolean[n];
        double[] moves = new double[n];
        SymmetricEigen eigen = free.isEmpty() ? null
                : SymmetricEigen.of(ReducedHessian.reduced(SymmetricMatrix.fromFull(rows), free));
        for (int k = 0; k < free.size(); k++) {
            double[] direction = new double[n];
            for (int l = 0; l < free.size(); l++) {
                Algebra.add(direction, eigen.vectors().get(l, k), free.get(l));
            }
            double zero = LocalModel.zero(eigen.values());
            double eigenvalue = eigen.values()[k];
            if (eigenvalue < -zero) {
                throw new IllegalStateException(
                        "no covariance: the Hessian has a negative eigenvalue, the point is no minimum");
            }
            for (int i = 0; i < n; i++) {
                moves[i] = Math.max(moves[i], Math.abs(direction[i]));
                isOpen[i] |= eigenvalue <= zero && Math.abs(direction[i]) > APART;
                direction[i] *= scale[i];
            }
            if (eigenvalue > zero) {
                inverse.addOuter(1 / eigenvalue, direction);
            }
        }
        SymmetricMatrix covariance = scores == null ? inverse : sandwich(inverse, scores);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                if (moves[i] <= APART || moves[j] <= APART || isOpen[i] || isOpen[j]) {
                    covariance.set(i, j, i == j && isOpen[i] ? Double.POSITIVE_INFINITY : Double.NaN);
                }
            }
        }
        return covariance;
    }

    private static SymmetricMatrix sandwich(SymmetricMatrix inverse, Matrix scores) {
        SymmetricMatrix sum = SymmetricMatrix.of(inverse.n());
        double[] score = new double[inverse.n()];
        for (int row = 0; row < scores.rows(); row++) {
            System.arraycopy(scores.data(), row * score.length, score, 0, score.length);
            sum.addOuter(1, inverse.multiply(score));
        }
        return sum;
    }
}
